#include "core/utf8.h"

#include <algorithm>

namespace graphrail::core {
namespace {

constexpr std::size_t kCheckpointBytes = 1024;
constexpr char32_t kReplacement = 0xFFFD;

constexpr bool is_continuation(unsigned char byte) noexcept { return (byte & 0xC0U) == 0x80U; }

std::size_t count_lead_bytes(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return !is_continuation(static_cast<unsigned char>(c));
  }));
}

/// Length of the well-formed sequence at `at`, or 0. Follows table 3-7 of the Unicode standard.
std::size_t sequence_length(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return 1;
  std::size_t length = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return 0;
  }
  if (at + length > text.size()) return 0;
  if (byte(at + 1) < low || byte(at + 1) > high) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if (!is_continuation(byte(at + i))) return 0;
  }
  return length;
}

}  // namespace

std::size_t find_invalid_utf8(std::string_view text) noexcept {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = sequence_length(text, at);
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

std::size_t count_code_points(std::string_view text) noexcept { return count_lead_bytes(text); }

std::string_view prefix_code_points(std::string_view text, std::size_t limit) noexcept {
  std::size_t seen = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_continuation(static_cast<unsigned char>(text[at]))) continue;
    if (seen == limit) return text.substr(0, at);
    ++seen;
  }
  return text;
}

void append_utf8(std::string& out, char32_t code_point) {
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
    code_point = kReplacement;
  }
  const auto put = [&out](char32_t value) { out.push_back(static_cast<char>(value)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | (code_point >> 6));
    put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | (code_point >> 12));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | (code_point >> 18));
    put(0x80 | ((code_point >> 12) & 0x3F));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  }
}

DecodedCodePoint decode_code_point(std::string_view text, std::size_t at) noexcept {
  const std::size_t length = sequence_length(text, at);
  const auto byte = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[at + i]));
  };
  switch (length) {
    case 1:
      return {byte(0), 1};
    case 2:
      return {((byte(0) & 0x1F) << 6) | (byte(1) & 0x3F), 2};
    case 3:
      return {((byte(0) & 0x0F) << 12) | ((byte(1) & 0x3F) << 6) | (byte(2) & 0x3F), 3};
    case 4:
      return {((byte(0) & 0x07) << 18) | ((byte(1) & 0x3F) << 12) | ((byte(2) & 0x3F) << 6) |
                  (byte(3) & 0x3F),
              4};
    default:
      return {kReplacement, 1};
  }
}

std::string replace_invalid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_length(text, at);
    if (length == 0) {
      append_utf8(out, kReplacement);
      ++at;
    } else {
      out.append(text.substr(at, length));
      at += length;
    }
  }
  return out;
}

CodePointIndex::CodePointIndex(std::string_view text) : text_(text) {
  checkpoints_.reserve(text.size() / kCheckpointBytes + 1);
  for (std::size_t at = 0; at < text.size(); at += kCheckpointBytes) {
    checkpoints_.push_back(static_cast<std::uint32_t>(size_));
    size_ += count_lead_bytes(text.substr(at, kCheckpointBytes));
  }
}

std::size_t CodePointIndex::code_points_before(std::size_t offset) const noexcept {
  if (offset >= text_.size()) return size_;
  const std::size_t block = offset / kCheckpointBytes;
  const std::size_t start = block * kCheckpointBytes;
  return checkpoints_[block] + count_lead_bytes(text_.substr(start, offset - start));
}

std::size_t CodePointIndex::byte_offset_of(std::size_t code_point) const noexcept {
  if (code_point >= size_) return text_.size();
  const auto after = std::upper_bound(checkpoints_.begin(), checkpoints_.end(), code_point);
  const auto block = static_cast<std::size_t>(after - checkpoints_.begin()) - 1;
  std::size_t seen = checkpoints_[block];
  for (std::size_t at = block * kCheckpointBytes; at < text_.size(); ++at) {
    if (is_continuation(static_cast<unsigned char>(text_[at]))) continue;
    if (seen == code_point) return at;
    ++seen;
  }
  return text_.size();
}

}  // namespace graphrail::core

#include "extract/model/evidence_finder.h"

#include <algorithm>
#include <cstring>

namespace graphrail::extract::model {
namespace {

constexpr std::size_t kMinQuoteBytes = 2;

enum class Folding : std::uint8_t {
  kKeep,
  kSpace,
  kDrop,
  kDash,
  kSingleQuote,
  kDoubleQuote,
  kDots
};

/// Code points whose spelling models change. Ranges follow the Unicode general punctuation block.
Folding folding_of(char32_t c) noexcept {
  if (c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
      (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
      c == 0x3000) {
    return Folding::kSpace;
  }
  if (c < 0x80) return Folding::kKeep;
  if (c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
      (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF) {
    return Folding::kDrop;
  }
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63 || c == 0xFF0D) {
    return Folding::kDash;
  }
  if ((c >= 0x2018 && c <= 0x201B) || c == 0x2032 || c == 0x2039 || c == 0x203A || c == 0xB4 ||
      c == 0xFF07) {
    return Folding::kSingleQuote;
  }
  if ((c >= 0x201C && c <= 0x201F) || c == 0x2033 || c == 0xAB || c == 0xBB || c == 0xFF02) {
    return Folding::kDoubleQuote;
  }
  if (c == 0x2026) return Folding::kDots;
  return Folding::kKeep;
}

void append(FoldedText& folded, std::string_view piece, std::size_t offset) {
  folded.text.append(piece);
  folded.original_offsets.insert(folded.original_offsets.end(), piece.size(),
                                 static_cast<std::uint32_t>(offset));
}

std::string_view strip_wrapping(std::string_view quote) noexcept {
  constexpr std::string_view kWrapping = " \"'.,;:-";
  const std::size_t first = quote.find_first_not_of(kWrapping);
  if (first == std::string_view::npos) return {};
  return quote.substr(first, quote.find_last_not_of(kWrapping) + 1 - first);
}

}  // namespace

FoldedText fold_text(std::string_view original) {
  FoldedText folded;
  folded.text.reserve(original.size());
  folded.original_offsets.reserve(original.size() + 1);
  for (std::size_t at = 0; at < original.size();) {
    const core::DecodedCodePoint point = core::decode_code_point(original, at);
    switch (folding_of(point.value)) {
      case Folding::kKeep:
        append(folded, original.substr(at, point.bytes), at);
        break;
      case Folding::kSpace:
        if (!folded.text.ends_with(' ')) append(folded, " ", at);
        break;
      case Folding::kDrop:
        break;
      case Folding::kDash:
        append(folded, "-", at);
        break;
      case Folding::kSingleQuote:
        append(folded, "'", at);
        break;
      case Folding::kDoubleQuote:
        append(folded, "\"", at);
        break;
      case Folding::kDots:
        append(folded, "...", at);
        break;
    }
    at += point.bytes;
  }
  folded.original_offsets.push_back(static_cast<std::uint32_t>(original.size()));
  return folded;
}

EvidenceFinder::EvidenceFinder(std::string_view text)
    : text_(text), folded_(fold_text(text)), index_(text) {}

std::optional<graph::Evidence> EvidenceFinder::find(std::string_view quote) const {
  return find_in(quote, {0, folded_.text.size()});
}

std::optional<graph::Evidence> EvidenceFinder::find_near(std::string_view quote, std::size_t begin,
                                                         std::size_t end) const {
  const auto& offsets = folded_.original_offsets;
  const auto folded_offset = [&offsets](std::size_t original) {
    const auto found = std::ranges::lower_bound(offsets, original);
    return static_cast<std::size_t>(found - offsets.begin());
  };
  const std::size_t size = folded_.text.size();
  const Range near{std::min(folded_offset(begin), size), std::min(folded_offset(end), size)};
  if (auto found = find_in(quote, near)) return found;
  return near.begin == 0 && near.end == size ? std::nullopt : find(quote);
}

std::optional<graph::Evidence> EvidenceFinder::find_in(std::string_view quote, Range range) const {
  const FoldedText folded = fold_text(quote);
  std::string_view wanted = folded.text;
  while (wanted.starts_with(' ')) wanted.remove_prefix(1);
  while (wanted.ends_with(' ')) wanted.remove_suffix(1);
  if (auto found = find_folded(wanted, range)) return found;
  const std::string_view bare = strip_wrapping(wanted);
  if (bare.size() == wanted.size()) return std::nullopt;
  return find_folded(bare, range);
}

std::optional<graph::Evidence> EvidenceFinder::find_folded(std::string_view folded_quote,
                                                           Range range) const {
  if (folded_quote.size() < kMinQuoteBytes) return std::nullopt;
  const void* hit = ::memmem(folded_.text.data() + range.begin, range.end - range.begin,
                             folded_quote.data(), folded_quote.size());
  if (hit == nullptr) return std::nullopt;
  const auto first = static_cast<std::size_t>(static_cast<const char*>(hit) - folded_.text.data());
  const std::size_t last = first + folded_quote.size() - 1;
  const std::size_t begin = folded_.original_offsets[first];
  // The span ends where the quote's last code point ends, before anything that folding dropped.
  const std::size_t last_begin = folded_.original_offsets[last];
  const std::size_t end = last_begin + core::decode_code_point(text_, last_begin).bytes;
  graph::Evidence evidence;
  evidence.quote = std::string(text_.substr(begin, end - begin));
  evidence.start = index_.code_points_before(begin);
  evidence.end = index_.code_points_before(end);
  return evidence;
}

}  // namespace graphrail::extract::model

#include "page/charset.h"

#include <iconv.h>
#include <uchardet/uchardet.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include "core/utf8.h"
#include "page/ascii.h"
#include "page/encoding_labels.h"
#include "page/html_tokenizer.h"

namespace graphrail::page {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kPrescannedBytes = 1024;
constexpr std::size_t kGuessedBytes = 64 * 1024;  // enough for a detector, bounded in time
constexpr std::size_t kLeastEvidence = 64;        // non-ASCII bytes before a guess is believed
constexpr std::size_t kCertainSequences = 3;      // multi-byte sequences nobody writes by accident
constexpr std::size_t kConversionStep = 16 * 1024;

constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

const Encoding& utf8() { return *encoding_from_label("utf-8"); }
const Encoding& windows1252() { return *encoding_from_label("windows-1252"); }

std::string decode_windows1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out.push_back(c);
    } else {
      core::append_utf8(out, byte < 0xA0 ? kWindows1252[byte - 0x80U] : byte);
    }
  }
  return out;
}

class Converter {
 public:
  explicit Converter(const std::string& from) : handle_(iconv_open("UTF-8", from.c_str())) {}
  ~Converter() {
    if (is_open()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  [[nodiscard]] bool is_open() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  std::string convert(std::string_view bytes) {
    std::string out;
    std::array<char, kConversionStep> buffer{};
    // iconv's interface is not const-correct; it does not write to its input.
    char* in = const_cast<char*>(bytes.data());
    std::size_t left = bytes.size();
    while (left > 0) {
      char* to = buffer.data();
      std::size_t room = buffer.size();
      const std::size_t done = iconv(handle_, &in, &left, &to, &room);
      const int error = done == static_cast<std::size_t>(-1) ? errno : 0;
      out.append(buffer.data(), buffer.size() - room);
      if (error == 0 || error == E2BIG) continue;
      core::append_utf8(out, 0xFFFD);
      if (error == EINVAL) break;  // the input ends inside a sequence
      ++in;
      --left;
    }
    return out;
  }

 private:
  iconv_t handle_;
};

std::size_t count_non_ascii(std::string_view bytes) {
  return static_cast<std::size_t>(
      std::ranges::count_if(bytes, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }));
}

/// Encoding of undeclared bytes that are not UTF-8: a detector's word when there is enough to go
/// by, else windows-1252, as browsers in most locales do.
const Encoding& guess(std::string_view bytes) {
  const std::string_view sample = bytes.substr(0, kGuessedBytes);
  if (count_non_ascii(sample) < kLeastEvidence) return windows1252();
  const std::unique_ptr<uchardet, void (*)(uchardet_t)> detector(uchardet_new(), uchardet_delete);
  if (uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0) return windows1252();
  uchardet_data_end(detector.get());
  const Encoding* found = encoding_from_label(uchardet_get_charset(detector.get()));
  return found == nullptr || found->name == "utf-8" ? windows1252() : *found;
}

/// First ill-formed byte of `bytes` as UTF-8. ASCII, most of any page, is passed eight at a time.
std::size_t find_invalid(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    std::uint64_t word = 0;
    while (at + sizeof word <= bytes.size()) {
      std::memcpy(&word, bytes.data() + at, sizeof word);
      if ((word & 0x8080808080808080ULL) != 0) break;
      at += sizeof word;
    }
    std::size_t end = at;
    while (end < bytes.size() && static_cast<unsigned char>(bytes[end]) < 0x80) ++end;
    while (end < bytes.size() && static_cast<unsigned char>(bytes[end]) >= 0x80) ++end;
    const std::size_t bad = core::find_invalid_utf8(bytes.substr(at, end - at));
    if (bad != std::string_view::npos) return at + bad;
    at = end;
  }
  return std::string_view::npos;
}

bool is_certainly_utf8(std::string_view bytes) {
  if (find_invalid(bytes) != std::string_view::npos) return false;
  const auto lead = [](char c) { return static_cast<unsigned char>(c) >= 0xC0; };
  std::size_t sequences = 0;
  for (auto at = std::ranges::find_if(bytes, lead); at != bytes.end();
       at = std::find_if(at + 1, bytes.end(), lead)) {
    if (++sequences >= kCertainSequences) return true;
  }
  return false;
}

const Encoding& choose_encoding(std::string_view bytes, std::string_view header_charset,
                                bool prescan_meta) {
  if (const Encoding* named = encoding_from_label(header_charset)) return *named;
  if (prescan_meta) {
    const Encoding* named = encoding_from_label(prescan_meta_charset(bytes));
    if (named != nullptr) {
      // A meta element is read as ASCII, so the page cannot be UTF-16. Pages that were converted
      // to UTF-8 on their way keep their old label; real UTF-8 sequences do not lie.
      const bool mislabelled = named->name.starts_with("utf-16") || is_certainly_utf8(bytes);
      return mislabelled ? utf8() : *named;
    }
  }
  return find_invalid(bytes) == std::string_view::npos ? utf8() : guess(bytes);
}

}  // namespace

DecodedDocument& DecodedDocument::operator=(DecodedDocument&& other) noexcept {
  const bool owns = other.text.data() == other.storage.data();
  storage = std::move(other.storage);
  charset = std::move(other.charset);
  text = owns ? std::string_view(storage) : other.text;
  return *this;
}

std::string_view prescan_meta_charset(std::string_view bytes) {
  HtmlTokenizer tokenizer(bytes.substr(0, kPrescannedBytes));
  for (Token token = tokenizer.next(); token.kind != Token::Kind::kEndOfInput;
       token = tokenizer.next()) {
    if (token.kind != Token::Kind::kStartTag || token.tag != Tag::kMeta) continue;
    std::string_view content;
    bool is_content_type = false;
    for (const Attribute& attribute : tokenizer.attributes()) {
      if (attribute.name == AttributeName::kCharset) return trim_ascii_space(attribute.value);
      if (attribute.name == AttributeName::kContent) content = attribute.value;
      if (attribute.name == AttributeName::kHttpEquiv) {
        is_content_type = equals_ignoring_case(attribute.value, "content-type");
      }
    }
    const std::size_t found = find_ignoring_case(content, "charset");
    if (!is_content_type || found == std::string_view::npos) continue;
    std::string_view value = trim_ascii_space(content.substr(found + 7));
    if (!value.starts_with('=')) continue;
    value = trim_ascii_space(value.substr(1));
    if (value.starts_with('"') || value.starts_with('\'')) value.remove_prefix(1);
    return value.substr(0, value.find_first_of("\"'; \t\r\n"));
  }
  return {};
}

DecodedDocument decode_document(std::string_view bytes, std::string_view header_charset,
                                bool prescan_meta) {
  const Encoding* encoding = nullptr;
  if (bytes.starts_with("\xEF\xBB\xBF"sv)) {
    encoding = &utf8();
    bytes.remove_prefix(3);
  } else if (bytes.starts_with("\xFE\xFF"sv) || bytes.starts_with("\xFF\xFE"sv)) {
    encoding = encoding_from_label(bytes.front() == '\xFE' ? "utf-16be" : "utf-16le");
    bytes.remove_prefix(2);
  } else {
    encoding = &choose_encoding(bytes, header_charset, prescan_meta);
  }
  DecodedDocument result;
  result.charset = encoding->name;
  result.text = bytes;
  if (encoding == &utf8()) {
    if (find_invalid(bytes) == std::string_view::npos) return result;
    result.storage = core::replace_invalid_utf8(bytes);
  } else if (encoding == &windows1252()) {
    result.storage = decode_windows1252(bytes);
  } else {
    Converter converter{std::string(encoding->iconv)};
    result.storage = converter.is_open() ? converter.convert(bytes) : decode_windows1252(bytes);
  }
  result.text = result.storage;
  return result;
}

}  // namespace graphrail::page

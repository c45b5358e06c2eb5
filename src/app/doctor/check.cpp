#include "app/doctor/check.h"

#include <algorithm>

namespace graphrail::app::doctor {
namespace {

constexpr std::size_t kMaxWordsBytes = 200;

bool is_blank(char c) noexcept { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; }

}  // namespace

std::string_view to_string(CheckState state) noexcept {
  switch (state) {
    case CheckState::kOk:
      return "ok";
    case CheckState::kNote:
      return "note";
    case CheckState::kWarning:
      return "warning";
    case CheckState::kFailed:
      return "failed";
  }
  return "failed";
}

ExitCode verdict(std::span<const Check> checks) noexcept {
  const auto failed = [](const Check& check) { return check.state == CheckState::kFailed; };
  if (std::ranges::any_of(checks, [&failed](const Check& check) {
        return failed(check) && check.is_unavailable;
      })) {
    return kUnavailable;
  }
  return std::ranges::any_of(checks, failed) ? kFailed : kOk;
}

// C1 control characters (U+0080 to U+009F) steer terminals as well; in UTF-8 they are C2 80 to
// C2 9F.
std::string tidy_words(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_c1 =
        text[i] == '\xc2' && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0U;
    if (is_c1) ++i;
    if (!is_c1 && !is_blank(text[i])) {
      out.push_back(text[i]);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  while (out.ends_with(' ')) out.pop_back();
  if (out.size() <= kMaxWordsBytes) return out;
  std::size_t end = kMaxWordsBytes;
  while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U) --end;
  return out.substr(0, end) + "…";
}

}  // namespace graphrail::app::doctor

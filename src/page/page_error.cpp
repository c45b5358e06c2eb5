#include "page/page_error.h"

#include <array>
#include <utility>

namespace graphrail::page {
namespace {

struct Wording {
  const char* reason;
  const char* text;
};

// In the order of PageError.
constexpr auto kWordings = std::to_array<Wording>({
    {"not_found", "The page does not exist."},
    {"blocked", "The site refused to show the page."},
    {"js_required", "The page is empty until a browser runs its scripts. Paste the text instead."},
    {"bot_challenge", "The site asks visitors to prove they are human. Paste the text instead."},
    {"paywall", "The article is behind a paywall. Paste the text instead."},
    {"consent_wall", "The site shows only a consent dialog. Paste the text instead."},
    {"login_required", "The page asks visitors to sign in. Paste the text instead."},
    {"unsupported_type", "The address does not lead to a web page or a plain text."},
    {"too_little_text", "The page holds too little text to read."},
});

const Wording& wording_of(PageError error) noexcept {
  return kWordings[static_cast<std::size_t>(error) - 1];
}

class PageErrorCategory : public std::error_category {
 public:
  [[nodiscard]] const char* name() const noexcept override { return "page"; }
  [[nodiscard]] std::string message(int value) const override {
    return wording_of(static_cast<PageError>(value)).text;
  }
};

}  // namespace

const char* reason_of(PageError error) noexcept { return wording_of(error).reason; }

std::error_code make_error_code(PageError error) noexcept {
  static const PageErrorCategory category;
  return {static_cast<int>(error), category};
}

core::Error page_failure(PageError error, std::string cause) {
  return core::Error(make_error_code(error), {wording_of(error).text}, {std::move(cause)})
      .with_reason(reason_of(error));
}

}  // namespace graphrail::page

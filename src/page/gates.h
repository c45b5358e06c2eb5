// Tells pages that are not the article they stand for: challenges, walls, log-ins, error pages and
// script shells. Signals must agree with how little text there is, so that an article that only
// mentions cookies or subscriptions passes. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "page/blocks.h"
#include "page/html_tree.h"
#include "page/metadata.h"
#include "page/page_error.h"

namespace graphrail::page {

/// A page with more main text than this many code points is never a gate.
inline constexpr std::size_t kLongestGateText = 2500;

/// What the gates look at, gathered in one pass over the tree.
struct GateSignals {
  std::string title;     // lower case
  std::string text;      // the page's first 6,000 bytes of text, buttons included, lower case
  std::string noscript;  // first 2,000 bytes inside noscript, lower case
  std::size_t visible_chars = 0;  // code points of all visible text
  std::size_t main_chars = 0;     // of these, main text
  std::size_t consent_chars = 0;  // inside elements named after consent managers
  int scripts = 0;
  bool has_password_field = false;
  bool has_challenge_markup = false;  // elements or scripts of challenge and captcha vendors
  bool has_paywall_markup = false;
  bool has_app_root = false;         // an element scripts fill: id root, app, __next
  std::optional<bool> free_to_read;  // schema.org isAccessibleForFree
};

/// Gathers the signals; `main_chars` is the length of the main text found. Linear.
[[nodiscard]] GateSignals read_gate_signals(const HtmlTree& tree, const PageBlocks& page,
                                            const PageMetadata& metadata, std::size_t main_chars);

/// The gate the page is, if any. `minimum_chars` is the least main text that counts as a page.
[[nodiscard]] std::optional<PageError> detect_gate(const GateSignals& signals,
                                                   std::size_t minimum_chars);

}  // namespace graphrail::page

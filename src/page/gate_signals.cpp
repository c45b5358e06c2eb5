#include <algorithm>
#include <array>

#include "core/utf8.h"
#include "page/ascii.h"
#include "page/gates.h"
#include "page/text_writer.h"

namespace graphrail::page {
namespace {

constexpr std::size_t kMaxText = 6000;
constexpr std::size_t kMaxNoscript = 2000;

constexpr auto kConsentNames = std::to_array<std::string_view>(
    {"consent", "cookie", "gdpr", "onetrust", "didomi", "cmpbox", "usercentrics", "truste",
     "quantcast", "sp_message", "cookiebot"});
constexpr auto kChallengeNames = std::to_array<std::string_view>(
    {"captcha", "challenge-form", "challenge-running", "challenge-platform", "cf-browser",
     "cf-challenge", "cf-error", "cf-wrapper", "incapsula", "distil", "px-captcha", "turnstile",
     "ddos"});
constexpr auto kPaywallNames = std::to_array<std::string_view>(
    {"paywall", "regwall", "subscribe-wall", "subscription-wall", "piano-offer", "meteredcontent",
     "metered-content", "premium-content-locked"});
constexpr auto kAppRoots = std::to_array<std::string_view>(
    {"root", "app", "__next", "__nuxt", "app-root", "react-root", "main-app", "ember-app",
     "gatsby-focus-wrapper", "svelte", "q-app", "application", "mount"});

bool names_one_of(std::string_view value, auto& names) {
  return std::ranges::any_of(
      names, [&](std::string_view name) { return contains_ignoring_case(value, name); });
}

void append_limited(std::string& out, std::string_view raw, std::size_t limit) {
  if (out.size() >= limit) return;
  TextWriter writer(0);
  writer.append(raw.substr(0, limit), false, false, false);
  if (writer.size() == 0) return;
  out += to_ascii_lower(writer.text());
  out += ' ';
}

class SignalReader {
 public:
  SignalReader(const HtmlTree& tree, GateSignals& signals) : tree_(tree), signals_(signals) {}

  void read() {
    for (NodeIndex at = 1; at < tree_.size(); ++at) {
      const Node& node = tree_[at];
      if (node.tag == Tag::kText) {
        read_text(node);
      } else {
        read_element(at, node);
      }
    }
  }

 private:
  void read_text(const Node& node) {
    switch (tree_[node.parent].tag) {
      case Tag::kScript:
      case Tag::kStyle:
      case Tag::kTitle:
      case Tag::kTemplate:
      case Tag::kIframe:
      case Tag::kTextarea:
      case Tag::kNoframes:
      case Tag::kHead:
        return;
      case Tag::kNoscript:
        append_limited(signals_.noscript, node.text, kMaxNoscript);
        return;
      default:
        append_limited(signals_.text, node.text, kMaxText);
    }
  }

  void read_element(NodeIndex at, const Node& node) {
    if (node.tag == Tag::kScript) ++signals_.scripts;
    if (node.attribute_count == 0) return;
    if (node.tag == Tag::kInput) {
      const std::string_view type = tree_.value(at, AttributeName::kType);
      signals_.has_password_field =
          signals_.has_password_field || equals_ignoring_case(type, "password");
      return;
    }
    const std::string_view id = tree_.value(at, AttributeName::kId);
    const std::string_view classes = tree_.value(at, AttributeName::kClass);
    if (node.tag == Tag::kScript || node.tag == Tag::kIframe || node.tag == Tag::kForm ||
        node.tag == Tag::kDiv) {
      const bool challenge = names_one_of(id, kChallengeNames) ||
                             names_one_of(classes, kChallengeNames) ||
                             names_one_of(tree_.value(at, AttributeName::kSrc), kChallengeNames);
      signals_.has_challenge_markup = signals_.has_challenge_markup || challenge;
    }
    if (node.tag != Tag::kDiv && node.tag != Tag::kSection && node.tag != Tag::kMain) return;
    signals_.has_paywall_markup = signals_.has_paywall_markup || names_one_of(id, kPaywallNames) ||
                                  names_one_of(classes, kPaywallNames);
    if (std::ranges::find(kAppRoots, id) != kAppRoots.end()) signals_.has_app_root = true;
  }

  const HtmlTree& tree_;
  GateSignals& signals_;
};

bool is_inside_consent(const HtmlTree& tree, NodeIndex element) {
  for (NodeIndex e = element; e != 0; e = tree[e].parent) {
    if (tree[e].tag == Tag::kBody || tree[e].tag == Tag::kHtml) return false;
    if (names_one_of(tree.value(e, AttributeName::kId), kConsentNames) ||
        names_one_of(tree.value(e, AttributeName::kClass), kConsentNames)) {
      return true;
    }
  }
  return false;
}

}  // namespace

GateSignals read_gate_signals(const HtmlTree& tree, const PageBlocks& page,
                              const PageMetadata& metadata, std::size_t main_chars) {
  GateSignals signals;
  signals.title =
      to_ascii_lower(metadata.document_title.empty() ? metadata.title : metadata.document_title);
  signals.main_chars = main_chars;
  signals.free_to_read = metadata.free_to_read;
  for (const Block& block : page.blocks) {
    signals.visible_chars += block.counts.chars;
    if (is_inside_consent(tree, block.element)) signals.consent_chars += block.counts.chars;
  }
  SignalReader(tree, signals).read();
  return signals;
}

}  // namespace graphrail::page

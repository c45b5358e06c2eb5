#include <algorithm>
#include <array>
#include <span>

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

/// A name or address in lower case, cut to what a look at it needs.
class LowerName {
 public:
  explicit LowerName(std::string_view value) : size_(std::min(value.size(), buffer_.size())) {
    std::transform(value.begin(), value.begin() + static_cast<std::ptrdiff_t>(size_),
                   buffer_.begin(), ascii_lower);
  }
  [[nodiscard]] bool contains_any(std::span<const std::string_view> names) const {
    const std::string_view value(buffer_.data(), size_);
    return size_ > 0 && std::ranges::any_of(names, [&](std::string_view name) {
             return value.find(name) != std::string_view::npos;
           });
  }

 private:
  std::array<char, 160> buffer_;
  std::size_t size_;
};

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
  SignalReader(const HtmlTree& tree, const PageBlocks& page, GateSignals& signals)
      : page_(page), tree_(tree), signals_(signals) {}

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
    switch (node.tag) {
      case Tag::kInput:
        if (equals_ignoring_case(tree_.value(at, AttributeName::kType), "password")) {
          signals_.has_password_field = true;
        }
        return;
      case Tag::kScript:
      case Tag::kIframe:
        note(LowerName(tree_.value(at, AttributeName::kSrc)).contains_any(kChallengeNames),
             signals_.has_challenge_markup);
        return;
      case Tag::kBody:
      case Tag::kHtml:
        return;
      default:
        break;
    }
    const std::string_view id = tree_.value(at, AttributeName::kId);
    for (const std::string_view value : {id, tree_.value(at, AttributeName::kClass)}) {
      if (value.empty()) continue;
      const LowerName name(value);
      note(name.contains_any(kChallengeNames), signals_.has_challenge_markup);
      note(name.contains_any(kPaywallNames), signals_.has_paywall_markup);
      if (at >= consent_end_ && name.contains_any(kConsentNames)) count_consent(at, node.end);
    }
    note(std::ranges::find(kAppRoots, id) != kAppRoots.end(), signals_.has_app_root);
  }

  static void note(bool seen, bool& signal) { signal = signal || seen; }

  void count_consent(NodeIndex element, NodeIndex end) {
    consent_end_ = end;
    auto block =
        std::ranges::lower_bound(page_.blocks, element, std::ranges::less{}, &Block::first_text);
    for (; block != page_.blocks.end() && block->first_text < end; ++block) {
      signals_.consent_chars += block->counts.chars;
    }
  }

  const PageBlocks& page_;
  NodeIndex consent_end_ = 0;
  const HtmlTree& tree_;
  GateSignals& signals_;
};

}  // namespace

GateSignals read_gate_signals(const HtmlTree& tree, const PageBlocks& page,
                              const PageMetadata& metadata, std::size_t main_chars) {
  GateSignals signals;
  signals.title =
      to_ascii_lower(metadata.document_title.empty() ? metadata.title : metadata.document_title);
  signals.main_chars = main_chars;
  signals.free_to_read = metadata.free_to_read;
  for (const Block& block : page.blocks) signals.visible_chars += block.counts.chars;
  SignalReader(tree, page, signals).read();
  return signals;
}

}  // namespace graphrail::page

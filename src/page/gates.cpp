#include "page/gates.h"

#include <algorithm>
#include <span>

#include "page/ascii.h"
#include "page/gate_phrases.h"

namespace graphrail::page {
namespace {

// A gate says little. The limits are code points of visible or main text.
constexpr std::size_t kLongestChallenge = 1500;
constexpr std::size_t kLongestChallengeText = 700;
constexpr std::size_t kLongestErrorPage = 900;
constexpr std::size_t kLongestLogin = 900;
constexpr std::size_t kLongestTeaser = 1200;
constexpr std::size_t kLongestUnflaggedTeaser = 700;
constexpr std::size_t kLongestConsentText = kLongestGateText;
constexpr std::size_t kCharsPerMention = 90;
constexpr std::size_t kLongestShell = 500;
constexpr std::size_t kMostBesidePhrase = 12;  // bytes in a title beside the phrase that says it

using Phrases = std::span<const std::string_view>;

bool has_any(std::string_view text, Phrases phrases) {
  return std::ranges::any_of(phrases, [&](std::string_view phrase) {
    return text.find(phrase) != std::string_view::npos;
  });
}

int count_all(std::string_view text, Phrases phrases) {
  int count = 0;
  for (const std::string_view phrase : phrases) {
    for (std::size_t at = text.find(phrase); at != std::string_view::npos;
         at = text.find(phrase, at + phrase.size())) {
      ++count;
    }
  }
  return count;
}

bool is_challenge(const GateSignals& s) {
  if (s.visible_chars > kLongestChallenge) return false;
  const bool title = has_any(s.title, kChallengeTitles);
  const bool text = has_any(s.text, kChallengeTexts);
  if (text && (title || s.main_chars < kLongestChallengeText)) return true;
  if (title && s.visible_chars < kLongestErrorPage) return true;
  return s.has_challenge_markup && s.visible_chars < kLongestShell &&
         s.main_chars < kLongestShell && has_any(s.text + s.noscript + s.title, kChallengeWords);
}

bool is_refusal(const GateSignals& s) {
  return s.visible_chars < kLongestErrorPage && s.main_chars < kLongestShell &&
         has_any(s.title, kRefusalTitles);
}

/// Whether a part of the title between separators is one of the phrases and hardly more.
bool title_is(std::string_view title, Phrases phrases) {
  while (!title.empty()) {
    const std::size_t end = std::min(title.find_first_of("|:-"), title.size());
    const std::string_view part = trim_ascii_space(title.substr(0, end));
    const bool said = std::ranges::any_of(phrases, [&](std::string_view phrase) {
      return part.size() <= phrase.size() + kMostBesidePhrase &&
             part.find(phrase) != std::string_view::npos;
    });
    if (said) return true;
    title.remove_prefix(std::min(end + 1, title.size()));
  }
  return false;
}

bool is_error_page(const GateSignals& s) {
  if (s.main_chars <= kLongestErrorPage && title_is(s.title, kErrorTitles)) return true;
  if (s.main_chars > kLongestShell) return false;
  // Without a title that says just so, the page must say little else.
  const std::string_view start = std::string_view(s.text).substr(0, kLongestShell);
  return s.visible_chars < kLongestShell &&
         (has_any(s.title, kErrorTexts) || has_any(start, kErrorTexts));
}

bool is_login(const GateSignals& s) {
  if (s.main_chars > kLongestLogin) return false;
  const bool title = has_any(s.title, kLoginTitles);
  const bool asks = has_any(s.text, kLoginRequests);
  if (s.has_password_field && (title || asks)) return true;
  if (s.main_chars >= kLongestShell) return false;
  return (s.has_password_field && s.visible_chars < kLongestShell) ||
         (asks && s.visible_chars < kLongestErrorPage) || (title && asks);
}

bool is_consent(const GateSignals& s, std::size_t minimum_chars) {
  const std::size_t besides = s.visible_chars - std::min(s.visible_chars, s.consent_chars);
  const bool buttons = has_any(s.text, kConsentButtons);
  const int mentions = count_all(s.text, kConsentWords);
  if (mentions == 0 || !buttons) return false;
  if (s.consent_chars > 0 && besides < minimum_chars) return true;
  if (s.main_chars < minimum_chars && s.visible_chars < kLongestConsentText && mentions >= 2) {
    return true;
  }
  // A wall without a telling name speaks of nothing else.
  return s.visible_chars < kLongestConsentText && mentions >= 5 &&
         s.visible_chars < static_cast<std::size_t>(mentions) * kCharsPerMention;
}

bool is_paywall(const GateSignals& s) {
  const bool asks = has_any(s.text, kPaywallRequests);
  const bool flagged = s.free_to_read.has_value() && !*s.free_to_read;
  if (flagged && s.main_chars < kLongestTeaser && (asks || s.has_paywall_markup)) return true;
  if (flagged && s.main_chars < kLongestShell) return true;
  if (s.has_paywall_markup && asks && s.main_chars < kLongestTeaser) return true;
  return asks && s.main_chars < kLongestUnflaggedTeaser;
}

bool is_shell(const GateSignals& s, std::size_t minimum_chars) {
  const bool says = has_any(s.noscript + s.text, kScriptRequests);
  if (s.main_chars >= minimum_chars) return false;
  if (says && s.visible_chars < kLongestErrorPage) return true;
  if (s.scripts == 0) return false;
  return says || s.has_app_root || s.visible_chars < minimum_chars / 4;
}

}  // namespace

std::optional<PageError> detect_gate(const GateSignals& signals, std::size_t minimum_chars) {
  if (is_challenge(signals)) return PageError::kBotChallenge;
  if (is_error_page(signals)) return PageError::kNotFound;
  if (is_refusal(signals)) return PageError::kBlocked;
  if (is_paywall(signals)) return PageError::kPaywall;
  if (is_login(signals)) return PageError::kLoginRequired;
  if (is_consent(signals, minimum_chars)) return PageError::kConsentWall;
  if (is_shell(signals, minimum_chars)) return PageError::kJsRequired;
  return std::nullopt;
}

}  // namespace graphrail::page

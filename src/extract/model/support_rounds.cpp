#include "extract/model/support_rounds.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace graphrail::extract::model {
namespace {

using rules::kNone;
using rules::RoundMention;
using rules::TokenRange;
using namespace rules::literals;

constexpr std::size_t kMaxLabelBytes = 300;

std::optional<std::int64_t> amount_of(const boost::json::value& value) {
  constexpr double kLargest = 9e15;
  if (value.is_int64()) return value.as_int64();
  if (value.is_uint64()) {
    const std::uint64_t number = value.as_uint64();
    if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return -1;
    return static_cast<std::int64_t>(number);
  }
  if (value.is_double()) {
    const double number = value.as_double();
    if (!std::isfinite(number) || std::abs(number) > kLargest) return -1;
    return std::llround(number);
  }
  if (!value.is_string()) return std::nullopt;
  const std::string_view written(value.as_string());
  std::int64_t digits = 0;
  bool plain = !written.empty() && written.size() <= 15;
  for (const char c : written) {
    if (c == ',' || c == '_' || c == ' ') continue;
    plain = plain && c >= '0' && c <= '9';
    if (plain) digits = digits * 10 + (c - '0');
  }
  if (plain) return digits;
  const rules::Document doc = rules::read_document(written.substr(0, 60));
  if (doc.money.empty()) return std::nullopt;
  return doc.money.front().amount;
}

/// "Series A", "series-a" and "series_a_round" are one stage.
std::string stage_key(std::string_view written) {
  std::string key;
  for (const char c : fold_name(written.substr(0, 60))) {
    if (c != '_') key += c;
  }
  for (const std::string_view tail : {"round", "funding", "financing"}) {
    if (key.size() > tail.size() && key.ends_with(tail)) key.resize(key.size() - tail.size());
  }
  return key;
}

std::uint32_t distance(TokenRange span, std::uint32_t anchor) {
  if (anchor < span.first) return span.first - anchor;
  return anchor >= span.last ? anchor - span.last + 1 : 0;
}

/// "valued at $50 million", "brings the total to $12 million": not the sum of a round.
bool is_no_round(const rules::Document& doc, const rules::Money& money) {
  constexpr std::uint32_t kReach = 6;
  // "the $30 billion fund", "$2 million in revenue".
  const std::uint32_t next = doc.is(money.last, "in"_w) ? money.last + 1 : money.last;
  if (doc.has(next, rules::kMoneyTrap) && !doc.has(next + 1, rules::kRoundNoun) &&
      !doc.has(next, rules::kRoundNoun)) {
    return true;
  }
  const std::uint32_t floor = money.first > kReach ? money.first - kReach : 0;
  for (std::uint32_t i = money.first; i > floor; --i) {
    const std::uint64_t hash = doc.tokens[i - 1].hash;
    if (doc.symbol(i - 1, '.') || doc.symbol(i - 1, ';')) return false;
    if (hash == "values"_w || hash == "valued"_w || hash == "valuing"_w || hash == "valuation"_w ||
        hash == "worth"_w) {
      return true;
    }
    if (hash == "total"_w && !doc.is(i, "of"_w)) return true;
  }
  return false;
}

bool tells_something(const rules::Document& doc, const RoundMention& mention) {
  if (mention.lifetime || mention.total) return false;
  if (mention.money != kNone && is_no_round(doc, doc.money[mention.money])) return false;
  return mention.stage != kNone || mention.money != kNone;
}

}  // namespace

SupportRound::SupportRound(const graph::Node& round) {
  const auto& properties = round.properties;
  if (const auto* stage = properties.if_contains("stage"); stage != nullptr && stage->is_string()) {
    stage_ = stage_key(std::string_view(stage->as_string()));
  }
  for (const std::string_view name : {"amount", "amount_usd"}) {
    const auto* value = properties.if_contains(name);
    if (value == nullptr) continue;
    if (const auto amount = amount_of(*value)) amounts_.push_back(*amount);
    // The converted sum speaks only where the stated one is missing.
    if (!amounts_.empty()) break;
  }
  if (!stage_.empty() && !amounts_.empty()) return;
  std::size_t size = std::min(round.label.size(), kMaxLabelBytes);
  while (size > 0 && size < round.label.size() &&
         (static_cast<unsigned char>(round.label[size]) & 0xC0U) == 0x80U) {
    --size;
  }
  const rules::Document doc = rules::read_document(std::string_view(round.label).substr(0, size));
  if (stage_.empty() && !doc.stages.empty()) stage_ = stage_key(doc.stages.back().stage);
  if (amounts_.empty() && !doc.money.empty()) amounts_.push_back(doc.money.back().amount);
}

bool SupportRound::is_amount(std::int64_t amount) const {
  return std::find(amounts_.begin(), amounts_.end(), amount) != amounts_.end();
}

RoundFit SupportRound::fit(const SupportText& text, const RoundMention& mention) const {
  const rules::Document& doc = text.doc();
  bool named = false;
  if (mention.stage != kNone && !stage_.empty()) {
    if (stage_key(doc.stages[mention.stage].stage) != stage_) return RoundFit::kConflict;
    named = true;
  }
  if (mention.money != kNone && !amounts_.empty()) {
    const bool same =
        is_amount(doc.money[mention.money].amount) ||
        (mention.other_money != kNone && is_amount(doc.money[mention.other_money].amount));
    if (!same) return RoundFit::kConflict;
    named = true;
  }
  return named ? RoundFit::kNamed : RoundFit::kSilent;
}

RoundFit SupportRound::fit_among(const SupportText& text, const RoundMention& mention,
                                 std::span<const SupportRound> known) const {
  const RoundFit own = fit(text, mention);
  if (own != RoundFit::kSilent) return own;
  bool claimed = false;
  for (const SupportRound& other : known) {
    if (other.fit(text, mention) != RoundFit::kNamed) continue;
    if (agrees_with(other)) return own;
    claimed = true;
  }
  return claimed ? RoundFit::kConflict : own;
}

RoundFit SupportRound::fit_in(const SupportText& text, TokenRange range, std::uint32_t anchor,
                              std::span<const SupportRound> known, const CueRow* row) const {
  const auto& rounds = text.rounds();
  auto at = std::partition_point(rounds.begin(), rounds.end(), [&](const RoundMention& mention) {
    return text.doc().sentences[mention.sentence].last <= range.first;
  });
  RoundFit best = RoundFit::kSilent;
  std::uint32_t nearest = kNone;
  for (; at != rounds.end() && text.doc().sentences[at->sentence].first < range.last; ++at) {
    if (!tells_something(text.doc(), *at) || at->span.last <= range.first ||
        at->span.first >= range.last) {
      continue;
    }
    const std::uint32_t first = at->span.first;
    const bool elsewhere = row != nullptr && first >= row->range.first && first < row->range.last &&
                           row->is_aside(first) && !row->is_aside(anchor);
    if (elsewhere) continue;
    const RoundFit fit = fit_among(text, *at, known);
    if (fit == RoundFit::kSilent) continue;
    const std::uint32_t gap = distance(at->span, anchor);
    if (gap > nearest || (gap == nearest && fit == RoundFit::kConflict)) continue;
    nearest = gap;
    best = fit;
  }
  return best;
}

RoundFit SupportRound::fit_before(const SupportText& text, std::uint32_t token) const {
  const auto& rounds = text.rounds();
  auto at = std::partition_point(rounds.begin(), rounds.end(), [&](const RoundMention& mention) {
    return mention.span.first < token;
  });
  RoundFit last = RoundFit::kSilent;
  while (at != rounds.begin()) {
    --at;
    if (!tells_something(text.doc(), *at)) continue;
    const RoundFit fit = this->fit(text, *at);
    if (fit == RoundFit::kNamed) return fit;
    if (fit == RoundFit::kConflict) last = fit;
    // A round of the past may stand between a round and what is said of it.
    if (fit == RoundFit::kConflict && !at->earlier) return fit;
  }
  return last;
}

RoundFit SupportRound::fit(const SupportText& text, TokenRange quote, std::uint32_t anchor,
                           std::span<const SupportRound> known, const CueRow* row) const {
  RoundFit found = fit_in(text, quote, anchor, known, row);
  if (found != RoundFit::kSilent) return found;
  const TokenRange whole = text.sentences_of(quote);
  found = fit_in(text, whole, anchor, known, row);
  if (found != RoundFit::kSilent) return found;
  return fit_before(text, whole.first);
}

bool SupportRound::named_in(const SupportText& text, TokenRange range) const {
  const auto& rounds = text.rounds();
  return std::any_of(rounds.begin(), rounds.end(), [&](const RoundMention& mention) {
    return mention.span.first < range.last && mention.span.last > range.first &&
           fit(text, mention) == RoundFit::kNamed;
  });
}

bool SupportRound::only_other_sum_in(const SupportText& text, TokenRange range) const {
  const rules::Document& doc = text.doc();
  bool other = false;
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    const std::uint32_t money = doc.money_at[i];
    if (money == kNone || !is_amount(doc.money[money].amount)) continue;
    if (!is_no_round(doc, doc.money[money])) return false;
    other = true;
  }
  return other;
}

bool SupportRound::agrees_with(const SupportRound& other) const {
  if (!stage_.empty() && !other.stage_.empty() && stage_ != other.stage_) return false;
  if (amounts_.empty() || other.amounts_.empty()) return true;
  return std::any_of(amounts_.begin(), amounts_.end(),
                     [&](std::int64_t amount) { return other.is_amount(amount); });
}

bool SupportRound::written_in(const SupportText& text) const {
  const rules::Document& doc = text.doc();
  const bool stage =
      stage_.empty() || !text.find(stage_, text.all(), 1).empty() ||
      std::any_of(doc.stages.begin(), doc.stages.end(),
                  [&](const rules::Stage& found) { return stage_key(found.stage) == stage_; });
  const bool amount =
      amounts_.empty() || std::any_of(doc.money.begin(), doc.money.end(),
                                      [&](const rules::Money& m) { return is_amount(m.amount); });
  return stage && amount;
}

}  // namespace graphrail::extract::model

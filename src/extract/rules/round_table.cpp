#include "extract/rules/round_table.h"

#include <algorithm>

namespace graphrail::extract::rules {
namespace {

constexpr std::size_t kMostRounds = 12;
constexpr std::size_t kMostMentions = 16;

/// Same sum, allowing for a headline's rounding of up to a twentieth.
bool same_amount(const Money& a, const Money& b) {
  if (a.currency != b.currency && !a.currency.empty() && !b.currency.empty()) return false;
  const std::int64_t high = std::max(a.amount, b.amount);
  return high - std::min(a.amount, b.amount) <= high / 20;
}

}  // namespace

/// How well the mention fits the round; negative when it cannot be the same.
int RoundTable::likeness(const Round& round, const RoundMention& mention) const {
  const bool sums = round.money != kNone && mention.money != kNone;
  if (sums && round.apart != mention.apart) return -1;
  const bool money = round.money != kNone || mention.money != kNone;
  if (money && (round.undisclosed || mention.undisclosed)) return -1;
  const bool stages = !round.stage.empty() && mention.stage != kNone;
  const bool same_stage = stages && doc_.stages[mention.stage].stage == round.stage;
  if (stages && !same_stage) return -1;
  bool amounts = false;
  bool equal = false;
  bool other_currency = false;
  for (const std::uint32_t mine : {round.money, round.other_money}) {
    for (const std::uint32_t theirs : {mention.money, mention.other_money}) {
      if (mine == kNone || theirs == kNone) continue;
      amounts = true;
      equal = equal || same_amount(doc_.money[mine], doc_.money[theirs]);
      other_currency = other_currency || doc_.money[mine].currency != doc_.money[theirs].currency;
    }
  }
  if (amounts && !equal && mention.added_to) return -1;
  if (amounts && !equal && !same_stage && !other_currency) return -1;
  if (mention.earlier != round.earlier && !same_stage && !equal) return -1;
  if (mention.earlier != round.earlier && !same_stage && same_sentence(round, mention)) return -1;
  return (same_stage ? 4 : 0) + (equal ? 3 : 0) + (other_currency && !equal ? -1 : 1);
}

bool RoundTable::same_sentence(const Round& round, const RoundMention& mention) const {
  return std::any_of(round.mentions.begin(), round.mentions.end(), [&](std::uint32_t m) {
    return facts_.rounds[m].sentence == mention.sentence;
  });
}

void RoundTable::merge(Round& round, const RoundMention& mention) const {
  if (round.stage.empty() && mention.stage != kNone) {
    round.stage = doc_.stages[mention.stage].stage;
  }
  if (round.money == kNone) {
    round.money = mention.money;
    round.other_money = mention.other_money;
  } else if (mention.money != kNone && mention.other_money != kNone) {
    // Both currencies in one place say which is the main one.
    round.money = mention.money;
    round.other_money = mention.other_money;
  } else if (mention.money != kNone && round.other_money == kNone &&
             doc_.money[mention.money].currency != doc_.money[round.money].currency) {
    round.other_money = mention.money;
  }
}

std::uint32_t RoundTable::add(std::uint32_t project, std::uint32_t mention_index) {
  const RoundMention& mention = facts_.rounds[mention_index];
  std::vector<std::uint32_t>& known = of_project_[project];
  std::uint32_t best = kNone;
  int best_likeness = -1;
  for (const std::uint32_t r : known) {
    const int like = likeness(rounds_[r], mention);
    if (like > best_likeness) {
      best_likeness = like;
      best = r;
    }
  }
  if (best == kNone) {
    if (known.size() >= kMostRounds) return kNone;
    best = static_cast<std::uint32_t>(rounds_.size());
    rounds_.push_back({.project = project, .earlier = mention.earlier, .apart = mention.apart});
    known.push_back(best);
  }
  Round& round = rounds_[best];
  merge(round, mention);
  round.undisclosed = round.undisclosed || mention.undisclosed;
  if (round.mentions.size() < kMostMentions) round.mentions.push_back(mention_index);
  return best;
}

std::uint32_t RoundTable::add_bare(std::uint32_t project, std::uint32_t mention_index) {
  const auto round = static_cast<std::uint32_t>(rounds_.size());
  rounds_.push_back({.project = project});
  rounds_.back().mentions.push_back(mention_index);
  of_project_[project].push_back(round);
  return round;
}

std::uint32_t RoundTable::current(std::uint32_t project) const {
  const auto found = of_project_.find(project);
  if (found == of_project_.end() || found->second.empty()) return kNone;
  for (const std::uint32_t round : found->second) {
    if (!rounds_[round].earlier) return round;
  }
  return found->second.front();
}

}  // namespace graphrail::extract::rules

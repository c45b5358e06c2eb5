// Merges mentions into rounds: the same company with the same stage or the same amount is the same
// round. Owned by the resolver, single use.
#pragma once

#include <unordered_map>
#include <vector>

#include "extract/rules/deals.h"

namespace graphrail::extract::rules {

class RoundTable {
 public:
  RoundTable(const Document& doc, const Facts& facts, std::vector<Round>& rounds)
      : doc_(doc), facts_(facts), rounds_(rounds) {}

  /// The round that mention number `mention` of `project` speaks of, new if need be; kNone when
  /// it says too little or the company already has 12 rounds.
  std::uint32_t add(std::uint32_t project, std::uint32_t mention);

  /// A round without stage and amount.
  std::uint32_t add_bare(std::uint32_t project, std::uint32_t mention);

  /// The company's current round: the first that is not an earlier one.
  [[nodiscard]] std::uint32_t current(std::uint32_t project) const;

 private:
  int likeness(const Round& round, const RoundMention& mention) const;
  bool same_sentence(const Round& round, const RoundMention& mention) const;
  void merge(Round& round, const RoundMention& mention) const;

  const Document& doc_;
  const Facts& facts_;
  std::vector<Round>& rounds_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> of_project_;
};

}  // namespace graphrail::extract::rules

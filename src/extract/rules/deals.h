// The deals of a text after resolution: whose round each mention speaks of, mentions of the same
// round merged, and every investor tied to a round or a company. Entities are indices into
// Entities, rounds into Deals::rounds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/rules/document.h"
#include "extract/rules/entities.h"
#include "extract/rules/facts.h"

namespace graphrail::extract::rules {

struct Round {
  std::uint32_t project = kNone;
  std::string stage;
  /// Index into Document::money or kNone.
  std::uint32_t money = kNone;
  std::uint32_t other_money = kNone;
  bool earlier = false;
  /// Comes on top of a round of the same size.
  bool apart = false;
  /// Its sum was not told.
  bool undisclosed = false;
  /// Mentions that state it, indices into Facts::rounds.
  std::vector<std::uint32_t> mentions;
};

struct Stake {
  std::uint32_t investor = kNone;
  /// Index into Deals::rounds, or kNone for a stake in `project` tied to no round.
  std::uint32_t round = kNone;
  std::uint32_t project = kNone;
  bool led = false;
  bool angel = false;
  TokenRange evidence;
};

struct Total {
  std::uint32_t project = kNone;
  std::uint32_t money = kNone;
};

struct Deals {
  /// The company the text is about, or kNone.
  std::uint32_t company = kNone;
  std::vector<Round> rounds;
  std::vector<Stake> stakes;
  std::vector<Total> totals;
};

[[nodiscard]] Deals resolve_deals(const Document& doc, const Facts& facts,
                                  const Entities& entities);

}  // namespace graphrail::extract::rules

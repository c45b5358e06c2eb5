// What the rules state about a text before names are resolved: round mentions, investor, person
// and classification facts, each with the tokens that prove it. Plain values, indices into the
// Document and into each other.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "extract/rules/document.h"

namespace graphrail::extract::rules {

enum class OwnerKind : std::uint8_t {
  kUnknown,
  kName,
  kFirstPerson,
  /// "its", "the company", a description: whoever is spoken of.
  kAnaphor,
};

/// A stretch of a sentence that speaks of one funding round.
struct RoundMention {
  std::uint32_t sentence = 0;
  TokenRange span;
  /// Index into Document::stages or kNone.
  std::uint32_t stage = kNone;
  /// Indices into Document::money or kNone; `other_money` is the same amount in another currency.
  std::uint32_t money = kNone;
  std::uint32_t other_money = kNone;
  bool round_noun = false;
  /// The verb that makes it an event, or kNone.
  std::uint32_t verb = kNone;
  OwnerKind owner = OwnerKind::kUnknown;
  std::uint32_t owner_name = kNone;
  /// States a stage or an amount; otherwise it only refers ("the round").
  bool event = false;
  /// A sum over several rounds.
  bool total = false;
  /// "to date", "brings its total": never a single round.
  bool lifetime = false;
  bool earlier = false;
  /// Rumour, plan, crowdsale: not a fact.
  bool suppressed = false;
  /// "another $5 million": the sum comes on top of a round spoken of before.
  bool additional = false;
  /// "to the $5 million Series A": the earlier sum that another was added to.
  bool added_to = false;
  /// "an undisclosed sum": a round without an amount, so none with one is the same.
  bool undisclosed = false;
  /// The sum comes on top of an equal one, so the two are rounds of their own.
  bool apart = false;
  /// The verb of giving of an earlier cheque or grant ("wrote the first check"), or kNone.
  std::uint32_t given = kNone;
};

enum class InvestorRelation : std::uint8_t { kLed, kInvested };

struct InvestorFact {
  InvestorRelation relation = InvestorRelation::kInvested;
  std::uint32_t investor = kNone;
  bool angel = false;
  std::uint32_t sentence = 0;
  /// Index into Facts::rounds or kNone for the current round.
  std::uint32_t round = kNone;
  /// The company invested in, when stated; kNone for the current one.
  std::uint32_t project = kNone;
  /// Ties the investor to the company but to no round.
  bool to_project = false;
  /// Counts only when something else shows that the company takes investments.
  bool weak = false;
  TokenRange evidence;
};

/// A person's place in an organisation.
struct Affiliation {
  std::uint32_t person = kNone;
  /// kNone: the company the text is about.
  std::uint32_t organization = kNone;
  bool founder = false;
  std::uint32_t sentence = 0;
  /// Title words, may be empty.
  TokenRange title;
  TokenRange evidence;
};

/// "X, a bitcoin exchange" or "X invests in climate startups".
struct Classification {
  std::uint32_t name = kNone;
  TokenRange phrase;
  bool focus = false;
  TokenRange evidence;
};

/// Two names the text says are one.
struct SameName {
  std::uint32_t first = kNone;
  std::uint32_t second = kNone;
  /// `second` is a name of the past, never the label.
  bool former = false;
};

struct Facts {
  std::vector<RoundMention> rounds;
  std::vector<InvestorFact> investors;
  std::vector<Affiliation> affiliations;
  std::vector<Classification> classifications;
  std::vector<SameName> same_names;
  /// Per sentence, the first of its round mentions; one past the end at the back.
  std::vector<std::uint32_t> rounds_of_sentence;
  /// An unnamed leader's noun ("led by a Japanese fund"), or kNone.
  std::uint32_t unnamed_lead = kNone;
  std::uint32_t unnamed_lead_round = kNone;
  bool crowdsale = false;
  /// The first-person author by signature, and where the text says that the author founded the
  /// company.
  std::uint32_t author = kNone;
  TokenRange author_founded;
};

}  // namespace graphrail::extract::rules

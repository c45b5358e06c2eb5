// The closed vocabulary of the rules: which words belong to which class. Built once on first use,
// read-only afterwards, safe from any thread. New words go into the table in lexicon_words.cpp.
#pragma once

#include <cstdint>
#include <string_view>

namespace graphrail::extract::rules {

/// Classes a word can belong to, as bits. One word may be in several.
enum WordClass : std::uint64_t {
  kDeterminer = 1ULL << 0,
  kPreposition = 1ULL << 1,
  kConjunction = 1ULL << 2,
  kPronoun = 1ULL << 3,
  kAuxiliary = 1ULL << 4,
  kAdverb = 1ULL << 5,
  /// Verbs of saying that stand between a subject and the real statement.
  kAnnounce = 1ULL << 6,
  /// Other common verbs: they end a name list and a headline's subject.
  kVerb = 1ULL << 7,
  /// "raised $5M" is a deal whatever follows.
  kRaise = 1ULL << 8,
  /// "received", "closed": a deal only with a funding word.
  kWeakRaise = 1ULL << 9,
  kInvest = 1ULL << 10,
  kLead = 1ULL << 11,
  kRoundNoun = 1ULL << 12,
  kInvestorNoun = 1ULL << 13,
  /// Last words of investing firms' names: Ventures, Capital, Partners.
  kFirmNoun = 1ULL << 14,
  /// Generic heads of company descriptions: startup, exchange, platform.
  kCompanyNoun = 1ULL << 15,
  kRole = 1ULL << 16,
  kLegalSuffix = 1ULL << 17,
  kTime = 1ULL << 18,
  kMonth = 1ULL << 19,
  kDemonym = 1ULL << 20,
  kPlace = 1ULL << 21,
  kGivenName = 1ULL << 22,
  kAdjective = 1ULL << 23,
  /// Nouns that show a money amount to be something other than a round.
  kMoneyTrap = 1ULL << 24,
  kHedge = 1ULL << 25,
  kParticipate = 1ULL << 26,
  kMagnitude = 1ULL << 27,
  kTopLevelDomain = 1ULL << 28,
  kAbbreviation = 1ULL << 29,
  kNameParticle = 1ULL << 30,
  kQuantity = 1ULL << 31,
  /// Nouns of headlines and prose that name nothing by themselves.
  kCommonNoun = 1ULL << 32,
  /// "CEO", "Partner": a role that ties a person to an investing firm or a company.
  kPartnerRole = 1ULL << 33,
  kFounder = 1ULL << 34,
  /// Adjectives that stand before a name and never belong to it: former, existing, leading.
  kModifier = 1ULL << 35,
  /// Last words that only investing firms have: Ventures, Capital, Partners.
  kFundNoun = 1ULL << 36,
};

/// Words that are never part of a name, however they are written.
inline constexpr std::uint64_t kFunctionWord =
    kDeterminer | kPreposition | kConjunction | kPronoun | kAuxiliary | kAdverb;

/// Classes of the word with this word_hash, 0 when unknown.
[[nodiscard]] std::uint64_t classes_of(std::uint64_t hash) noexcept;

}  // namespace graphrail::extract::rules

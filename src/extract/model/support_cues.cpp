#include "extract/model/support_cues.h"

#include <algorithm>
#include <array>
#include <optional>

#include "extract/model/support_cue_words.h"
#include "extract/rules/investor_cues.h"
#include "extract/rules/participation_words.h"

namespace graphrail::extract::model {
namespace {

using rules::Document;
using rules::TokenRange;
using namespace rules::literals;

struct Found {
  CueTag tag;
  std::uint32_t last;
};

CueTag tag_of(rules::Cue cue) {
  switch (cue) {
    case rules::Cue::kLed:
      return CueTag::kLedRight;
    case rules::Cue::kParticipant:
    case rules::Cue::kCompanion:
    case rules::Cue::kBacker:
    case rules::Cue::kAngels:
      return CueTag::kInvestedRight;
    case rules::Cue::kFrom:
    case rules::Cue::kWelcome:
    case rules::Cue::kIncluding:
      return CueTag::kWeakRight;
  }
  return CueTag::kWeakRight;
}

CueTag tag_of(rules::Deed deed) {
  return deed == rules::Deed::kLead ? CueTag::kLedLeft : CueTag::kInvestedLeft;
}

/// The longest phrase of any table that starts at token `i`.
std::optional<Found> phrase_at(const Document& doc, std::uint32_t i, std::uint32_t last) {
  std::optional<Found> best;
  const auto offer = [&](CueTag tag, std::uint32_t end) {
    if (!best || end > best->last) best = Found{.tag = tag, .last = end};
  };
  if (const auto own = support_cue_words().match(doc, i, last)) offer(own->value, own->last);
  if (const auto cue = rules::investor_cues().match(doc, i, last)) {
    offer(tag_of(cue->value), cue->last);
  }
  if (const auto deed = rules::deeds().match(doc, i, last)) offer(tag_of(deed->value), deed->last);
  if (const auto deed = rules::accompanying_deeds().match(doc, i, last)) {
    offer(tag_of(deed->value), deed->last);
  }
  return best;
}

/// What is led is a round: a sum, a stage or a round word soon after, or nothing at all.
bool leads_a_round(const Document& doc, std::uint32_t verb, std::uint32_t last) {
  constexpr std::uint32_t kReach = 12;
  const std::uint32_t stop = std::min(last, verb + 1 + kReach);
  if (verb + 1 >= last || doc.tokens[verb + 1].kind == rules::TokenKind::kSymbol) {
    return doc.money_at[std::min(verb + 1, last - 1)] != rules::kNone || verb + 1 >= last ||
           doc.symbol(verb + 1, ',') || doc.symbol(verb + 1, '.') || doc.symbol(verb + 1, ')') ||
           speaks_of_funding(doc, {.first = verb + 1, .last = stop});
  }
  if (doc.is(verb + 1, "and"_w) || doc.is(verb + 1, "with"_w) || doc.is(verb + 1, "it"_w)) {
    return true;
  }
  std::uint32_t i = verb + 1;
  while (i < stop && !doc.symbol(i, ';')) {
    if (doc.is(i, "deal"_w) || doc.is(i, "syndicate"_w) || doc.is(i, "raise"_w)) return true;
    ++i;
  }
  return speaks_of_funding(doc, {.first = verb + 1, .last = i});
}

/// "team led by", "the company led by": somebody runs it.
bool runs_something(const Document& doc, std::uint32_t cue, std::uint32_t first) {
  static constexpr auto kThings = std::to_array(
      {"team"_w, "teams"_w, "company"_w, "startup"_w, "group"_w, "effort"_w, "project"_w,
       "division"_w, "community"_w, "organization"_w, "organisation"_w, "initiative"_w,
       "department"_w, "lab"_w, "firm"_w, "unit"_w, "development"_w, "engineering"_w});
  std::uint32_t i = cue;
  while (i > first && (doc.has(i - 1, rules::kAuxiliary | rules::kAdverb) ||
                       doc.symbol(i - 1, ',') || doc.symbol(i - 1, '-'))) {
    --i;
  }
  if (i == first || doc.name_at[i - 1] != rules::kNone) return false;
  const std::uint64_t hash = doc.tokens[i - 1].hash;
  return std::find(kThings.begin(), kThings.end(), hash) != kThings.end();
}

CueTag tag_of_word(const Document& doc, std::uint32_t i, TokenRange sentence) {
  const rules::Token& token = doc.tokens[i];
  if (token.symbol == ';') return CueTag::kStop;
  if (doc.name_at[i] != rules::kNone || token.kind != rules::TokenKind::kWord) {
    return CueTag::kPlain;
  }
  if (doc.has(i, rules::kLead)) {
    if (doc.is(i, "leading"_w) && (i == sentence.first || doc.is(i - 1, "the"_w) ||
                                   doc.has(i - 1, rules::kPreposition | rules::kDeterminer))) {
      return CueTag::kPlain;
    }
    return leads_a_round(doc, i, sentence.last) ? CueTag::kLedLeft : CueTag::kVerb;
  }
  if (doc.has(i, rules::kAnnounce)) return CueTag::kSay;
  if (token.capital && doc.has(i, rules::kAdjective | rules::kFirmNoun)) return CueTag::kPlain;
  if (doc.has(i, rules::kAdjective | rules::kModifier)) return CueTag::kPlain;
  if (doc.has(i, rules::kVerb | rules::kRaise | rules::kWeakRaise | rules::kInvest)) {
    return CueTag::kVerb;
  }
  return CueTag::kPlain;
}

CueTag settle(const Document& doc, Found found, std::uint32_t i, TokenRange sentence) {
  if (found.tag == CueTag::kLedRight && runs_something(doc, i, sentence.first)) {
    return CueTag::kOther;
  }
  // "as lead investor." ends what it speaks of; "lead investor Acme" begins it.
  if (found.tag == CueTag::kLedRight && doc.has(found.last - 1, rules::kInvestorNoun)) {
    const bool goes_on = found.last < sentence.last &&
                         (doc.name_at[found.last] != rules::kNone || doc.symbol(found.last, ':') ||
                          doc.symbol(found.last, ',') || doc.symbol(found.last, '-') ||
                          doc.has(found.last, rules::kAuxiliary));
    return goes_on ? CueTag::kLedRight : CueTag::kLedLeft;
  }
  return found.tag;
}

/// ", a software company selling to banks," after a name: one past its last comma, or `comma`.
std::uint32_t apposition_end(const Document& doc, std::uint32_t comma, std::uint32_t last) {
  constexpr std::uint32_t kLongest = 20;
  const bool article =
      doc.is(comma + 1, "a"_w) || doc.is(comma + 1, "an"_w) || doc.is(comma + 1, "the"_w);
  if (!article) return comma;
  bool described = false;
  for (std::uint32_t i = comma + 2; i < std::min(last, comma + kLongest); ++i) {
    described = described || (doc.name_at[i] == rules::kNone && doc.has(i, rules::kCompanyNoun));
    if ((doc.name_at[i] != rules::kNone && !described) || doc.symbol(i, ';')) return comma;
    if (doc.symbol(i, ',')) return i + 1;
  }
  return comma;
}

void mark_asides(const Document& doc, CueRow& row) {
  unsigned depth = 0;
  bool clause = false;
  std::uint32_t apposition = row.range.first;
  for (std::uint32_t i = row.range.first; i < row.range.last; ++i) {
    if (doc.symbol(i, '(')) ++depth;
    const bool relative = doc.is(i, "who"_w) || doc.is(i, "which"_w) || doc.is(i, "whose"_w);
    if (relative && i > row.range.first && doc.symbol(i - 1, ',')) clause = true;
    if (clause && (doc.symbol(i, ',') || doc.symbol(i, ';'))) clause = false;
    if (i >= apposition && i > row.range.first && doc.symbol(i, ',') &&
        doc.name_at[i - 1] != rules::kNone) {
      apposition = std::max(apposition, apposition_end(doc, i, row.range.last));
    }
    row.aside[i - row.range.first] = depth > 0 || clause || i < apposition;
    if (doc.symbol(i, ')') && depth > 0) --depth;
  }
}

}  // namespace

bool speaks_of_funding(const Document& doc, TokenRange range) {
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    if (doc.money_at[i] != rules::kNone || doc.stage_at[i] != rules::kNone) return true;
    if (doc.name_at[i] == rules::kNone && doc.has(i, rules::kRoundNoun)) return true;
  }
  return false;
}

CueRow read_cues(const SupportText& text, TokenRange sentence) {
  const Document& doc = text.doc();
  const std::size_t size = sentence.last - sentence.first;
  CueRow row{.range = sentence,
             .tags = std::vector<CueTag>(size, CueTag::kPlain),
             .aside = std::vector<bool>(size, false)};
  for (std::uint32_t i = sentence.first; i < sentence.last;) {
    std::optional<Found> found;
    if (doc.name_at[i] == rules::kNone) found = phrase_at(doc, i, sentence.last);
    const bool leads = doc.has(i, rules::kLead) && found && found->last == i + 1;
    if (!found || leads) {
      row.tags[i - sentence.first] = tag_of_word(doc, i, sentence);
      ++i;
      continue;
    }
    const CueTag tag = settle(doc, *found, i, sentence);
    for (std::uint32_t k = i; k < found->last; ++k) row.tags[k - sentence.first] = tag;
    i = found->last;
  }
  mark_asides(doc, row);
  return row;
}

}  // namespace graphrail::extract::model

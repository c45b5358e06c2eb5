#include "extract/model/support_hedges.h"

#include <algorithm>
#include <array>

#include "extract/rules/phrase_table.h"

namespace graphrail::extract::model {
namespace {

using rules::Document;
using rules::TokenRange;
using namespace rules::literals;

enum class Hedge : std::uint8_t {
  /// Colours the whole clause: "reportedly", "rumoured".
  kClause,
  /// Colours the verb that follows: "plans to raise", "could lead".
  kVerbAfter,
  /// Colours what is talked about after it: "in talks with", "considering".
  kAfter,
  /// Takes back what follows: "did not", "declined to".
  kDenies,
  /// Takes back the sentence: "denied", "untrue".
  kDeniesAll,
};
using Row = rules::PhraseTable<Hedge>::Row;

constexpr auto kRows = std::to_array<Row>({
    {"reportedly", Hedge::kClause},
    {"allegedly", Hedge::kClause},
    {"supposedly", Hedge::kClause},
    {"purportedly", Hedge::kClause},
    {"rumored", Hedge::kClause},
    {"rumoured", Hedge::kClause},
    {"rumors", Hedge::kClause},
    {"rumours", Hedge::kClause},
    {"rumor", Hedge::kClause},
    {"rumour", Hedge::kClause},
    {"speculation", Hedge::kClause},
    {"speculated", Hedge::kClause},
    {"unconfirmed", Hedge::kClause},
    {"sources say", Hedge::kClause},
    {"sources said", Hedge::kClause},
    {"according to sources", Hedge::kClause},
    {"according to people familiar", Hedge::kClause},
    {"people familiar with the matter", Hedge::kClause},
    {"is said to", Hedge::kClause},
    {"are said to", Hedge::kClause},
    {"was said to", Hedge::kClause},
    {"is believed to", Hedge::kClause},
    {"are believed to", Hedge::kClause},
    {"is thought to", Hedge::kClause},
    {"are thought to", Hedge::kClause},
    {"in talks", Hedge::kAfter},
    {"talks with", Hedge::kAfter},
    {"talks to", Hedge::kAfter},
    {"talking to", Hedge::kAfter},
    {"in discussions", Hedge::kAfter},
    {"in negotiations", Hedge::kAfter},
    {"negotiating", Hedge::kAfter},
    {"considering", Hedge::kAfter},
    {"considers", Hedge::kAfter},
    {"considered", Hedge::kAfter},
    {"contemplating", Hedge::kAfter},
    {"mulling", Hedge::kAfter},
    {"mulls", Hedge::kAfter},
    {"eyeing", Hedge::kAfter},
    {"eyes", Hedge::kAfter},
    {"exploring", Hedge::kAfter},
    {"weighing", Hedge::kAfter},
    {"weighs", Hedge::kAfter},
    {"offered to", Hedge::kVerbAfter},
    {"plans to", Hedge::kVerbAfter},
    {"plan to", Hedge::kVerbAfter},
    {"planned to", Hedge::kVerbAfter},
    {"planning to", Hedge::kVerbAfter},
    {"aims to", Hedge::kVerbAfter},
    {"aim to", Hedge::kVerbAfter},
    {"aiming to", Hedge::kVerbAfter},
    {"hopes to", Hedge::kVerbAfter},
    {"hope to", Hedge::kVerbAfter},
    {"hoped to", Hedge::kVerbAfter},
    {"hoping to", Hedge::kVerbAfter},
    {"intends to", Hedge::kVerbAfter},
    {"intend to", Hedge::kVerbAfter},
    {"intended to", Hedge::kVerbAfter},
    {"looking to", Hedge::kVerbAfter},
    {"looks to", Hedge::kVerbAfter},
    {"seeking to", Hedge::kVerbAfter},
    {"seeks to", Hedge::kVerbAfter},
    {"sought to", Hedge::kVerbAfter},
    {"trying to", Hedge::kVerbAfter},
    {"tried to", Hedge::kVerbAfter},
    {"wants to", Hedge::kVerbAfter},
    {"want to", Hedge::kVerbAfter},
    {"wanted to", Hedge::kVerbAfter},
    {"would like to", Hedge::kVerbAfter},
    {"expects to", Hedge::kVerbAfter},
    {"expect to", Hedge::kVerbAfter},
    {"expected to", Hedge::kVerbAfter},
    {"likely to", Hedge::kVerbAfter},
    {"set to", Hedge::kVerbAfter},
    {"poised to", Hedge::kVerbAfter},
    {"about to", Hedge::kVerbAfter},
    {"preparing to", Hedge::kVerbAfter},
    {"prepares to", Hedge::kVerbAfter},
    {"ready to", Hedge::kVerbAfter},
    {"willing to", Hedge::kVerbAfter},
    {"interested in", Hedge::kVerbAfter},
    {"interest in", Hedge::kVerbAfter},
    {"close to", Hedge::kVerbAfter},
    {"could", Hedge::kVerbAfter},
    {"might", Hedge::kVerbAfter},
    {"may", Hedge::kVerbAfter},
    {"would", Hedge::kVerbAfter},
    {"should", Hedge::kVerbAfter},
    {"seeking", Hedge::kVerbAfter},
    {"seeks", Hedge::kVerbAfter},
    {"not", Hedge::kDenies},
    {"never", Hedge::kDenies},
    {"n't", Hedge::kDenies},
    {"cannot", Hedge::kDenies},
    {"neither", Hedge::kDenies},
    {"nor", Hedge::kDenies},
    {"without", Hedge::kDenies},
    {"no longer", Hedge::kDenies},
    {"instead of", Hedge::kDenies},
    {"rather than", Hedge::kDenies},
    {"declined", Hedge::kDenies},
    {"declines", Hedge::kDenies},
    {"refused", Hedge::kDenies},
    {"refuses", Hedge::kDenies},
    {"failed", Hedge::kDenies},
    {"fails", Hedge::kDenies},
    {"opted against", Hedge::kDenies},
    {"decided against", Hedge::kDenies},
    {"turned down", Hedge::kDeniesAll},
    {"passed on", Hedge::kDeniesAll},
    {"pulled out", Hedge::kDeniesAll},
    {"backed out", Hedge::kDeniesAll},
    {"walked away", Hedge::kDeniesAll},
    {"ruled out", Hedge::kDeniesAll},
    {"fell through", Hedge::kDeniesAll},
    {"called off", Hedge::kDeniesAll},
    {"sat out", Hedge::kDeniesAll},
    {"stayed out", Hedge::kDeniesAll},
    {"denied", Hedge::kDeniesAll},
    {"denies", Hedge::kDeniesAll},
    {"denying", Hedge::kDeniesAll},
    {"untrue", Hedge::kDeniesAll},
    {"incorrect", Hedge::kDeniesAll},
    {"inaccurate", Hedge::kDeniesAll},
    {"is false", Hedge::kDeniesAll},
    {"was false", Hedge::kDeniesAll},
    {"are false", Hedge::kDeniesAll},
    {"were false", Hedge::kDeniesAll},
    {"falsely", Hedge::kDeniesAll},
    {"hoax", Hedge::kDeniesAll},
    {"cancelled", Hedge::kDeniesAll},
    {"canceled", Hedge::kDeniesAll},
    {"withdrew", Hedge::kDeniesAll},
});

const rules::PhraseTable<Hedge>& hedges() {
  static const rules::PhraseTable<Hedge> table(kRows);
  return table;
}

bool is_funding_verb(const Document& doc, std::uint32_t i) {
  static constexpr auto kMore = std::to_array(
      {"back"_w,     "backing"_w, "buy"_w,      "buying"_w,  "take"_w,      "taking"_w, "put"_w,
       "putting"_w,  "fund"_w,    "funding"_w,  "finance"_w, "financing"_w, "close"_w,  "closing"_w,
       "complete"_w, "join"_w,    "joining"_w,  "be"_w,      "have"_w,      "come"_w,   "provide"_w,
       "write"_w,    "acquire"_w, "announce"_w, "close"_w});
  if (doc.has(i, rules::kRaise | rules::kWeakRaise | rules::kInvest | rules::kLead |
                     rules::kParticipate)) {
    return true;
  }
  return std::find(kMore.begin(), kMore.end(), doc.tokens[i].hash) != kMore.end();
}

/// A comma or conjunction between two words that begins another statement.
bool new_clause(const Document& doc, std::uint32_t i) {
  // "..., and Acme led": another subject.
  if (doc.is(i, "and"_w) && i + 1 < doc.tokens.size() && doc.name_at[i + 1] != rules::kNone &&
      doc.has(doc.names[doc.name_at[i + 1]].last,
              rules::kAuxiliary | rules::kVerb | rules::kLead | rules::kInvest)) {
    return true;
  }
  return doc.symbol(i, ';') || doc.is(i, "but"_w) || doc.is(i, "while"_w) ||
         doc.is(i, "although"_w) || doc.is(i, "whereas"_w) ||
         (doc.is(i, "and"_w) && doc.has(i + 1, rules::kPronoun | rules::kAuxiliary)) ||
         (doc.symbol(i, ',') && (doc.has(i + 1, rules::kPronoun) || doc.has(i + 1, rules::kLead) ||
                                 doc.is(i + 1, "after"_w) || doc.is(i + 1, "having"_w)));
}

bool same_clause(const Document& doc, std::uint32_t first, std::uint32_t last) {
  for (std::uint32_t i = first; i < last; ++i) {
    if (new_clause(doc, i)) return false;
  }
  return true;
}

/// The first word of `[first, last)` that can be a verb, past adverbs and "be".
std::uint32_t verb_after(const Document& doc, std::uint32_t first, std::uint32_t last) {
  constexpr std::uint32_t kReach = 4;
  for (std::uint32_t i = first; i < std::min(last, first + kReach); ++i) {
    if (is_funding_verb(doc, i)) return i;
    const bool verb = doc.has(i, rules::kVerb | rules::kAnnounce);
    if (verb && !doc.has(i, rules::kAdverb)) return rules::kNone;
  }
  return rules::kNone;
}

/// "not only", "couldn't be happier", "can't wait": no denial.
bool is_emphatic_not(const Document& doc, std::uint32_t i) {
  static constexpr auto kPraise = std::to_array({"more"_w, "happier"_w, "prouder"_w, "better"_w,
                                                 "wait"_w, "asked"_w, "thank"_w, "without"_w});
  for (std::uint32_t k = i + 1; k < std::min<std::size_t>(i + 4, doc.tokens.size()); ++k) {
    if (std::find(kPraise.begin(), kPraise.end(), doc.tokens[k].hash) != kPraise.end()) return true;
  }
  return doc.is(i + 1, "only"_w) || doc.is(i + 1, "just"_w) || doc.is(i + 1, "merely"_w) ||
         doc.is(i + 1, "simply"_w) || doc.is(i + 1, "least"_w);
}

Standing judge(const Document& doc, Hedge hedge, TokenRange at, TokenRange sentence,
               std::uint32_t cue) {
  constexpr std::uint32_t kReach = 24;
  constexpr std::uint32_t kDenyReach = 14;
  const std::uint32_t low = std::min(at.first, cue);
  const std::uint32_t high = std::max(at.last, cue);
  const bool near = high - low <= kReach && same_clause(doc, low, high);
  const bool before = at.last <= cue;
  switch (hedge) {
    case Hedge::kClause:
      return near ? Standing::kHedged : Standing::kStated;
    case Hedge::kAfter:
      return near && before ? Standing::kHedged : Standing::kStated;
    case Hedge::kVerbAfter: {
      if (!near || !before) return Standing::kStated;
      const std::uint32_t verb = verb_after(doc, at.last, sentence.last);
      return verb != rules::kNone && verb <= cue ? Standing::kHedged : Standing::kStated;
    }
    case Hedge::kDenies:
      if (is_emphatic_not(doc, at.first)) return Standing::kStated;
      return before && near && cue - at.last <= kDenyReach ? Standing::kDenied : Standing::kStated;
    case Hedge::kDeniesAll:
      return Standing::kDenied;
  }
  return Standing::kStated;
}

template <std::size_t N>
bool any_of(const Document& doc, TokenRange range, const std::array<std::uint64_t, N>& words) {
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    if (std::find(words.begin(), words.end(), doc.tokens[i].hash) != words.end()) return true;
  }
  return false;
}

/// "Add Acme as lead", "Disregard the above", "Now write that …": begins with a verb nobody reports
/// with.
bool begins_with_order(const Document& doc, TokenRange range) {
  static constexpr auto kFirst = std::to_array(
      {"add"_w,     "include"_w, "list"_w,   "output"_w,   "print"_w,   "ignore"_w, "disregard"_w,
       "record"_w,  "mark"_w,    "treat"_w,  "insert"_w,   "respond"_w, "answer"_w, "return"_w,
       "reply"_w,   "emit"_w,    "append"_w, "remember"_w, "pretend"_w, "assume"_w, "generate"_w,
       "extract"_w, "say"_w,     "state"_w,  "write"_w,    "create"_w,  "repeat"_w, "reveal"_w});
  std::uint32_t i = range.first;
  while (i < range.last &&
         (doc.is(i, "please"_w) || doc.is(i, "now"_w) || doc.is(i, "then"_w) ||
          doc.is(i, "also"_w) || doc.tokens[i].kind == rules::TokenKind::kSymbol)) {
    ++i;
  }
  if (i + 1 >= range.last || doc.name_at[i] != rules::kNone) return false;
  return std::find(kFirst.begin(), kFirst.end(), doc.tokens[i].hash) != kFirst.end() &&
         !doc.is(i + 1, "of"_w);
}

/// The sentence, or a line of it that begins with a capital, is an order.
bool is_imperative(const Document& doc, TokenRange sentence) {
  if (begins_with_order(doc, sentence)) return true;
  for (std::uint32_t i = sentence.first + 1; i < sentence.last; ++i) {
    const std::size_t gap_begin = doc.tokens[i - 1].end;
    const std::string_view gap = doc.source.substr(gap_begin, doc.tokens[i].begin - gap_begin);
    if (!doc.tokens[i].capital || !gap.contains('\n')) continue;
    if (begins_with_order(doc, {.first = i, .last = sentence.last})) return true;
  }
  return false;
}

/// "must also list Acme", "should report": what somebody is told to write.
bool is_told_to_write(const Document& doc, TokenRange sentence) {
  static constexpr auto kWrite =
      std::to_array({"list"_w, "include"_w, "add"_w, "output"_w, "report"_w, "treat"_w, "record"_w,
                     "mention"_w, "say"_w, "state"_w, "write"_w, "return"_w, "name"_w, "answer"_w});
  for (std::uint32_t i = sentence.first; i + 1 < sentence.last; ++i) {
    if (!doc.is(i, "must"_w) && !doc.is(i, "should"_w)) continue;
    const TokenRange next{.first = i + 1, .last = std::min(i + 4, sentence.last)};
    if (any_of(doc, next, kWrite)) return true;
  }
  return false;
}

/// "Acme LED Beta", "evidence: ...": a graph spelled out, not a sentence.
bool is_notation(const Document& doc, TokenRange sentence) {
  static constexpr auto kFields =
      std::to_array({"evidence"_w, "relation"_w, "relationship"_w, "edge"_w, "node"_w});
  for (std::uint32_t i = sentence.first; i + 1 < sentence.last; ++i) {
    if (doc.symbol(i + 1, ':') && any_of(doc, {.first = i, .last = i + 1}, kFields)) return true;
    const std::string_view word = doc.text(i);
    const bool relation = word == "LED" || word == "RAISED" || word == "FOUNDED";
    if (relation && i > sentence.first && doc.name_at[i] == rules::kNone &&
        doc.tokens[i - 1].capital && doc.tokens[i + 1].capital &&
        doc.text(i + 1).find_first_of("abcdefghijklmnopqrstuvwxyz") != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

}  // namespace

Standing standing_of(const SupportText& text, TokenRange sentence, std::uint32_t cue) {
  const Document& doc = text.doc();
  if (doc.symbol(sentence.last - 1, '?') && doc.text(sentence.last - 1) == "?") {
    return Standing::kHedged;
  }
  Standing worst = Standing::kStated;
  for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
    if (doc.name_at[i] != rules::kNone) continue;
    const auto found = hedges().match(doc, i, sentence.last);
    const bool month =
        doc.is(i, "may"_w) &&
        (doc.tokens[i].capital ||
         (i + 1 < sentence.last && doc.tokens[i + 1].kind == rules::TokenKind::kNumber));
    if (month) continue;
    if (!found) {
      // "didn't" is one word.
      const std::string_view word = doc.text(i);
      const bool negated = word.ends_with("n't") || word.ends_with("n\u2019t");
      if (!negated) continue;
    }
    const Hedge hedge = found ? found->value : Hedge::kDenies;
    const std::uint32_t last = found ? found->last : i + 1;
    worst = std::max(worst, judge(doc, hedge, {.first = i, .last = last}, sentence, cue));
  }
  return worst;
}

bool is_instruction(const SupportText& text, TokenRange sentence) {
  static constexpr auto kOrders = std::to_array(
      {"ignore"_w,   "disregard"_w, "forget"_w,  "output"_w,   "print"_w,   "return"_w, "respond"_w,
       "reply"_w,    "add"_w,       "include"_w, "insert"_w,   "create"_w,  "emit"_w,   "write"_w,
       "generate"_w, "extract"_w,   "call"_w,    "execute"_w,  "run"_w,     "reveal"_w, "repeat"_w,
       "record"_w,   "list"_w,      "mark"_w,    "treat"_w,    "use"_w,     "append"_w, "put"_w,
       "report"_w,   "state"_w,     "say"_w,     "override"_w, "pretend"_w, "act"_w,    "must"_w,
       "should"_w,   "assume"_w,    "conclude"_w});
  static constexpr auto kMachine = std::to_array(
      {"instructions"_w, "instruction"_w, "prompt"_w,       "prompts"_w,  "json"_w,   "edge"_w,
       "edges"_w,        "node"_w,        "nodes"_w,        "graph"_w,    "schema"_w, "evidence"_w,
       "assistant"_w,    "chatbot"_w,     "llm"_w,          "yaml"_w,     "xml"_w,    "tool"_w,
       "function"_w,     "api_key"_w,     "relationship"_w, "extractor"_w});
  static constexpr auto kSpeakers = std::to_array({"system"_w, "assistant"_w, "user"_w});
  const Document& doc = text.doc();
  if (is_imperative(doc, sentence) || is_told_to_write(doc, sentence) ||
      is_notation(doc, sentence)) {
    return true;
  }
  const std::uint32_t size = sentence.last - sentence.first;
  // The relations' own names are no words of a language.
  const std::size_t begin = doc.tokens[sentence.first].begin;
  const std::string_view raw = doc.source.substr(begin, doc.tokens[sentence.last - 1].end - begin);
  for (const std::string_view name :
       {"INVESTED_IN", "PARTNERS_AT", "FOCUSES_ON", "CLASSIFIED_AS", "CO_INVESTED", "\"source\"",
        "\"target\"", "\"nodes\"", "\"edges\""}) {
    if (raw.contains(name)) return true;
  }
  if (size > 2 && doc.symbol(sentence.first + 1, ':') &&
      any_of(doc, {.first = sentence.first, .last = sentence.first + 1}, kSpeakers)) {
    return true;
  }
  return any_of(doc, sentence, kOrders) && any_of(doc, sentence, kMachine) &&
         !any_of(doc, sentence, std::to_array({"we"_w, "our"_w, "its"_w, "their"_w}));
}

}  // namespace graphrail::extract::model

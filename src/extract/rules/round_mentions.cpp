#include "extract/rules/round_mentions.h"

#include <algorithm>
#include <array>

#include "extract/rules/round_context.h"

namespace graphrail::extract::rules {
namespace {

constexpr std::uint32_t kWidestGap = 8;

/// One stage, amount or round word.
struct Element {
  TokenRange span;
  std::uint32_t stage = kNone;
  std::uint32_t money = kNone;
  bool undisclosed = false;
};

class SentenceScanner {
 public:
  SentenceScanner(const Document& doc, std::uint32_t sentence, Facts& facts)
      : doc_(doc), number_(sentence), sentence_(doc.sentences[sentence]), facts_(facts) {}

  void run() {
    for (std::uint32_t i = sentence_.first; i < sentence_.last;) {
      Element element;
      if (!element_at(i, element)) {
        ++i;
        continue;
      }
      place(element);
      i = element.span.last;
    }
    close();
  }

 private:
  bool element_at(std::uint32_t i, Element& out) const {
    if (const std::uint32_t stage = doc_.stage_at[i]; stage != kNone) {
      out.stage = stage;
      out.span = {i, std::max(doc_.stages[stage].last, i + 1)};
      return true;
    }
    if (const std::uint32_t money = doc_.money_at[i]; money != kNone) {
      out.money = money;
      out.span = {i, std::max(doc_.money[money].last, i + 1)};
      return !money_trap(doc_, sentence_, doc_.money[money]);
    }
    out.span = {i, i + 1};
    out.undisclosed = undisclosed_sum(doc_, sentence_, i);
    if (out.undisclosed) return true;
    return round_noun_at(doc_, sentence_, i);
  }

  /// Adds the element to the open mention or opens a new one.
  void place(const Element& element) {
    if (open_ && (breaks(element) || conflicts(element))) close();
    if (!open_) {
      open_ = true;
      mention_ = {.sentence = number_, .span = element.span};
    }
    if (element.stage != kNone) {
      const bool weak = mention_.stage != kNone && crowdfunding(mention_.stage);
      if (mention_.stage == kNone || weak) mention_.stage = element.stage;
    } else if (element.money != kNone) {
      if (mention_.money == kNone) {
        mention_.money = element.money;
      } else {
        mention_.other_money = element.money;
      }
    } else {
      mention_.round_noun = true;
      mention_.undisclosed = mention_.undisclosed || element.undisclosed;
    }
    mention_.span.last = element.span.last;
  }

  bool crowdfunding(std::uint32_t stage) const {
    return doc_.stages[stage].stage == "crowdfunding";
  }

  bool conflicts(const Element& element) const {
    if (element.stage != kNone && mention_.stage != kNone) {
      const bool same = doc_.stages[element.stage].stage == doc_.stages[mention_.stage].stage;
      return !same && !crowdfunding(mention_.stage) && !crowdfunding(element.stage);
    }
    if (element.money == kNone || mention_.money == kNone) return false;
    const Money& now = doc_.money[element.money];
    const Money& then = doc_.money[mention_.money];
    if (now.amount == then.amount && now.currency == then.currency) return false;
    const bool close_by = element.span.first - then.last <= 4;
    return !(now.currency != then.currency && (now.in_parentheses || close_by));
  }

  /// What lies between the open mention and the element separates them.
  bool breaks(const Element& element) const {
    static constexpr auto kBreaks = std::to_array(
        {"while"_w, "after"_w, "follows"_w, "following"_w, "previous"_w, "previously"_w,
         "bringing"_w, "brings"_w, "followed"_w, "earlier"_w, "whereas"_w, "but"_w});
    std::uint32_t gap = 0;
    const bool adds = adding_verb(doc_, sentence_.first, mention_) != kNone;
    if (adds && element.money != kNone && element.span.first <= mention_.span.last + 3) return true;
    for (std::uint32_t i = mention_.span.last; i < element.span.first; ++i) {
      if (doc_.symbol(i, ';')) return true;
      if (std::find(kBreaks.begin(), kBreaks.end(), doc_.tokens[i].hash) != kBreaks.end()) {
        return true;
      }
      // "led the round with B, who led our Series A": another round.
      if ((doc_.is(i, "who"_w) || doc_.is(i, "which"_w)) &&
          (doc_.has(i + 1, kLead) || doc_.has(i + 2, kLead))) {
        return true;
      }
      if (doc_.name_at[i] == kNone && doc_.tokens[i].kind == TokenKind::kWord) ++gap;
      if (gap > kWidestGap) return true;
    }
    return element.span.first - mention_.span.last > 60;
  }

  void close() {
    if (!open_) return;
    open_ = false;
    const std::uint32_t floor = previous_last_;
    previous_last_ = mention_.span.last;
    judge_round(doc_, sentence_, floor, mention_);
    if (mention_.event || mention_.round_noun) facts_.rounds.push_back(mention_);
  }

  const Document& doc_;
  std::uint32_t number_;
  const Sentence& sentence_;
  Facts& facts_;
  bool open_ = false;
  RoundMention mention_;
  std::uint32_t previous_last_ = sentence_.first;
};

/// Marks sums that come on top of an equal one stated before in running text.
void separate_equal_sums(const Document& doc, Facts& facts) {
  constexpr std::size_t kMost = 64;
  const std::size_t count = std::min(facts.rounds.size(), kMost);
  const auto same = [&](const RoundMention& a, const RoundMention& b) {
    if (a.money == kNone || b.money == kNone) return false;
    return doc.money[a.money].amount == doc.money[b.money].amount;
  };
  for (std::size_t m = 0; m < count; ++m) {
    const RoundMention& more = facts.rounds[m];
    const bool title = doc.sentences[more.sentence].kind == BlockKind::kTitle;
    if (!more.additional || title || more.apart) continue;
    const bool repeats =
        std::any_of(facts.rounds.begin(), facts.rounds.begin() + static_cast<std::ptrdiff_t>(m),
                    [&](const RoundMention& other) {
                      return !other.additional && other.event && same(other, more) &&
                             doc.sentences[other.sentence].kind != BlockKind::kTitle;
                    });
    if (!repeats) continue;
    for (std::size_t k = 0; k < count; ++k) {
      if (facts.rounds[k].additional && same(facts.rounds[k], facts.rounds[m])) {
        facts.rounds[k].apart = true;
      }
    }
  }
}

}  // namespace

void find_round_mentions(const Document& doc, Facts& facts) {
  for (std::uint32_t s = 0; s < doc.sentences.size(); ++s) {
    facts.rounds_of_sentence.push_back(static_cast<std::uint32_t>(facts.rounds.size()));
    const bool crowdsale = speaks_of_crowdsale(doc, doc.sentences[s]);
    facts.crowdsale = facts.crowdsale || crowdsale;
    SentenceScanner(doc, s, facts).run();
    if (!crowdsale) continue;
    for (std::size_t r = facts.rounds_of_sentence.back(); r < facts.rounds.size(); ++r) {
      facts.rounds[r].suppressed = true;
    }
  }
  facts.rounds_of_sentence.push_back(static_cast<std::uint32_t>(facts.rounds.size()));
  separate_equal_sums(doc, facts);
}

}  // namespace graphrail::extract::rules

#include "extract/rules/investment_rules.h"

#include <algorithm>
#include <array>

#include "extract/rules/party_list.h"
#include "extract/rules/round_lookup.h"
#include "extract/rules/subject.h"

namespace graphrail::extract::rules {
namespace {

constexpr std::uint32_t kObjectWindow = 12;

class InvestmentRules {
 public:
  InvestmentRules(const Document& doc, std::uint32_t sentence, Facts& facts)
      : doc_(doc), number_(sentence), sentence_(doc.sentences[sentence]), facts_(facts) {}

  void run() {
    for (std::uint32_t i = sentence_.first; i < sentence_.last; ++i) {
      if (doc_.name_at[i] != kNone) continue;
      if (doc_.has(i, kInvest) || puts_money(i)) verb(i);
      if (investment_noun(i)) noun(i);
      if (doc_.is(i, "-backed"_w) || doc_.is(i, "-funded"_w)) backed(i);
      if (doc_.is(i, "backs"_w) || doc_.is(i, "backed"_w) || doc_.is(i, "backing"_w)) backs(i);
      if (doc_.is(i, "investor"_w) || doc_.is(i, "investors"_w)) investor_noun(i);
    }
  }

 private:
  /// "has put $5m into Acme", "dropped $2m in Acme": common verbs with an amount right behind.
  bool puts_money(std::uint32_t i) const {
    static constexpr auto kPuts = std::to_array({"put"_w, "putting"_w, "dropped"_w, "drops"_w,
                                                 "bet"_w, "bets"_w, "staked"_w, "committed"_w});
    if (std::find(kPuts.begin(), kPuts.end(), doc_.tokens[i].hash) == kPuts.end()) return false;
    for (std::uint32_t k = i + 1; k < std::min(i + 4, sentence_.last); ++k) {
      if (doc_.money_at[k] != kNone) return true;
    }
    return false;
  }

  /// "in" or "into" behind the verb, with at most an amount between.
  std::uint32_t object_start(std::uint32_t i) const {
    const std::uint32_t end = std::min(i + kObjectWindow, sentence_.last);
    for (std::uint32_t k = i + 1; k < end; ++k) {
      if (doc_.is(k, "in"_w) || doc_.is(k, "into"_w)) return k + 1;
      if (doc_.name_at[k] != kNone || doc_.symbol(k, ',') || doc_.symbol(k, ';')) return kNone;
      if (doc_.has(k, kPreposition | kPronoun) && !doc_.is(k, "of"_w) && !doc_.is(k, "over"_w) &&
          !doc_.is(k, "than"_w) && !doc_.is(k, "an"_w)) {
        return kNone;
      }
    }
    return kNone;
  }

  bool modal(std::uint32_t verb) const {
    for (std::uint32_t i = verb; i > sentence_.first && verb - i < 4; --i) {
      if (doc_.has(i - 1, kHedge) || doc_.is(i - 1, "not"_w) || doc_.is(i - 1, "will"_w))
        return true;
    }
    return false;
  }

  void verb(std::uint32_t i) {
    const std::uint32_t object = object_start(i);
    if (object == kNone || modal(i)) return;
    const Subject subject = find_subject(doc_, sentence_, i, true);
    add(i, subject, object);
  }

  bool investment_noun(std::uint32_t i) const {
    const bool noun = doc_.is(i, "investment"_w) || doc_.is(i, "investments"_w) ||
                      doc_.is(i, "stake"_w) || doc_.is(i, "stakes"_w);
    if (i > sentence_.first && (doc_.is(i - 1, "majority"_w) || doc_.is(i - 1, "controlling"_w))) {
      return false;
    }
    return noun && (doc_.is(i + 1, "in"_w) || doc_.is(i + 1, "into"_w)) && i + 2 < sentence_.last;
  }

  /// "has made an investment in", "with an investment in": the sentence's subject invests.
  void noun(std::uint32_t i) {
    for (std::uint32_t k = i; k > sentence_.first && i - k < 8; --k) {
      if (!doc_.has(k - 1, kVerb | kWeakRaise | kAnnounce | kAuxiliary)) continue;
      const Subject subject = find_subject(doc_, sentence_, k - 1, true);
      if (subject.kind == SubjectKind::kNames) return add(i, subject, i + 2);
      break;
    }
    const std::uint32_t name = first_name();
    if (name == kNone || doc_.names[name].first >= i) return;
    add(i, {.kind = SubjectKind::kNames, .names = {name}, .first = doc_.names[name].first}, i + 2);
  }

  std::uint32_t first_name() const {
    const std::uint32_t end = std::min(sentence_.first + 40, sentence_.last);
    for (std::uint32_t i = sentence_.first; i < end; ++i) {
      const std::uint32_t name = doc_.name_starting(i);
      if (name == kNone) continue;
      return i > sentence_.first && doc_.has(i - 1, kPreposition) ? kNone : name;
    }
    return kNone;
  }

  /// One fact per investor and company.
  void add(std::uint32_t cue, const Subject& subject, std::uint32_t object) {
    if (subject.kind != SubjectKind::kNames) return;
    if (round_noun_object(object)) return participants(cue, subject);
    const PartyList targets = read_party_list(doc_, object, sentence_.last, false);
    if (targets.parties.empty() && !company_noun(object)) return;
    for (const std::uint32_t investor : subject.names) {
      if (targets.parties.empty()) push(cue, investor, kNone, doc_.names[investor].last);
      for (const Party& target : targets.parties) push(cue, investor, target.name, target.last);
    }
  }

  /// "invested in the round" speaks of a round, not of a company.
  bool round_noun_object(std::uint32_t object) const {
    const std::uint32_t round = round_after(facts_, number_, object);
    return round != kNone && facts_.rounds[round].span.first <= object + 3 &&
           facts_.rounds[round].money == kNone;
  }

  void participants(std::uint32_t cue, const Subject& subject) {
    for (const std::uint32_t investor : subject.names) {
      InvestorFact fact{.investor = investor,
                        .angel = doc_.names[investor].person,
                        .sentence = number_,
                        .round = round_after(facts_, number_, cue)};
      fact.evidence = {doc_.names[investor].first, cue + 1};
      facts_.investors.push_back(fact);
    }
  }

  bool company_noun(std::uint32_t object) const {
    for (std::uint32_t i = object; i < std::min(object + 8, sentence_.last); ++i) {
      if (doc_.has(i, kCompanyNoun)) return true;
      if (doc_.symbol(i, ',') || doc_.symbol(i, '.')) return false;
    }
    return false;
  }

  void push(std::uint32_t cue, std::uint32_t investor, std::uint32_t project, std::uint32_t end) {
    InvestorFact fact{
        .investor = investor, .angel = doc_.names[investor].person, .sentence = number_};
    fact.project = project;
    const std::uint32_t round = nearest_round(facts_, number_, cue);
    const bool event =
        round != kNone && facts_.rounds[round].event && !facts_.rounds[round].earlier;
    if (event) {
      fact.round = round;
    } else {
      fact.to_project = true;
    }
    fact.evidence = {std::min(doc_.names[investor].first, cue),
                     std::max({end, cue + 1, doc_.names[investor].last})};
    facts_.investors.push_back(fact);
  }

  /// "Harbor-backed startup Acme".
  void backed(std::uint32_t i) {
    static constexpr auto kThings =
        std::to_array({"gold"_w, "silver"_w, "asset"_w, "assets"_w, "dollar"_w, "fiat"_w, "oil"_w,
                       "commodity"_w, "government"_w, "state"_w, "bank"_w, "euro"_w, "usd"_w});
    const std::uint32_t investor = doc_.name_ending(i);
    if (investor == kNone) return;
    // "Gold-Backed Startup": what stands behind a currency.
    if (std::find(kThings.begin(), kThings.end(), doc_.tokens[i - 1].hash) != kThings.end()) return;
    const PartyList target = read_party_list(doc_, i + 1, sentence_.last, false);
    InvestorFact fact{.investor = investor, .sentence = number_, .to_project = true};
    if (!target.parties.empty()) fact.project = target.parties.front().name;
    fact.evidence = {doc_.names[investor].first,
                     target.parties.empty() ? i + 1 : target.parties.front().last};
    facts_.investors.push_back(fact);
  }

  /// "X is the company backing this startup"; "X backs Y" where Y is a name.
  void backs(std::uint32_t i) {
    if (doc_.is(i + 1, "by"_w) || modal(i)) return;
    const bool behind = i > sentence_.first + 3 && doc_.has(i - 1, kCompanyNoun | kInvestorNoun) &&
                        doc_.is(i - 2, "the"_w) && doc_.has(i - 3, kAuxiliary);
    if (behind) {
      const std::uint32_t name = doc_.name_ending(i - 3);
      if (name == kNone) return;
      InvestorFact fact{.investor = name, .sentence = number_};
      fact.evidence = {doc_.names[name].first, i + 1};
      facts_.investors.push_back(fact);
      return;
    }
    if (doc_.is(i, "backing"_w)) return;
    const PartyList targets = read_party_list(doc_, i + 1, sentence_.last, false);
    if (targets.parties.empty()) return;
    const Subject subject = find_subject(doc_, sentence_, i, true);
    if (subject.kind != SubjectKind::kNames) return;
    for (const std::uint32_t investor : subject.names) {
      InvestorFact fact{.investor = investor,
                        .angel = doc_.names[investor].person,
                        .sentence = number_,
                        .project = targets.parties.front().name,
                        .to_project = true,
                        .weak = true};
      fact.evidence = {doc_.names[investor].first, targets.parties.front().last};
      facts_.investors.push_back(fact);
    }
  }

  /// "X was the sole investor", "X as lead investor", "X, the lead investor,".
  void investor_noun(std::uint32_t i) {
    const bool lead = i > sentence_.first && doc_.has(i - 1, kLead);
    const bool sole = i > sentence_.first && (doc_.is(i - 1, "sole"_w) || doc_.is(i - 1, "only"_w));
    const bool all =
        i > sentence_.first + 1 && doc_.is(i - 1, "the"_w) && doc_.has(i - 2, kAuxiliary);
    if (!lead && !sole && !all) return;
    std::uint32_t k = i - 1;
    while (k > sentence_.first &&
           (doc_.has(k - 1, kDeterminer | kAuxiliary) || doc_.is(k - 1, "as"_w) ||
            doc_.symbol(k - 1, ',') || doc_.is(k - 1, "served"_w) || doc_.is(k - 1, "acted"_w))) {
      --k;
    }
    if (k == i - 1 && !all) return;
    const Subject subject = find_subject(doc_, sentence_, k, true);
    if (subject.kind != SubjectKind::kNames || doc_.name_ending(k) == kNone) return;
    for (const std::uint32_t name : subject.names) {
      InvestorFact fact{.relation = lead ? InvestorRelation::kLed : InvestorRelation::kInvested,
                        .investor = name,
                        .angel = doc_.names[name].person,
                        .sentence = number_,
                        .round = nearest_round(facts_, number_, i)};
      fact.evidence = {doc_.names[name].first, i + 1};
      facts_.investors.push_back(fact);
    }
  }

  const Document& doc_;
  std::uint32_t number_;
  const Sentence& sentence_;
  Facts& facts_;
};

/// Does this sentence announce that what follows is a list of investors? A heading, a line of its
/// own that is no sentence ("**Investors**"), or one that ends in a colon.
bool introduces_investors(const Document& doc, const Sentence& sentence, bool& angels) {
  constexpr std::uint32_t kLongestLine = 6;
  const bool colon = doc.symbol(sentence.last - 1, ':');
  const bool line = sentence.last - sentence.first <= kLongestLine &&
                    !doc.symbol(sentence.last - 1, '.') && !doc.symbol(sentence.last - 1, '?');
  if (sentence.kind != BlockKind::kHeading && !line && !colon) return false;
  bool investors = false;
  angels = false;
  const std::uint32_t first =
      sentence.last > sentence.first + 14 ? sentence.last - 14 : sentence.first;
  for (std::uint32_t i = first; i < sentence.last; ++i) {
    static constexpr auto kWords =
        std::to_array({"investors"_w, "backers"_w, "angels"_w, "participants"_w, "participation"_w,
                       "participated"_w, "funds"_w, "shareholders"_w, "syndicate"_w});
    static constexpr auto kJoins =
        std::to_array({"joining"_w, "joined"_w, "participating"_w, "backed"_w, "invested"_w});
    const std::uint64_t hash = doc.tokens[i].hash;
    const bool joins = std::find(kJoins.begin(), kJoins.end(), hash) != kJoins.end();
    investors = investors || (joins && (colon || line)) ||
                std::find(kWords.begin(), kWords.end(), hash) != kWords.end();
    angels = angels || doc.is(i, "angels"_w) || doc.is(i, "angel"_w);
    if (!colon && !joins && doc.has(i, kVerb)) return false;
  }
  return investors;
}

/// The first of the list is a person, or what follows it is a role: one investor per item.
bool says_who(const Document& doc, const Sentence& sentence, const PartyList& list) {
  const Name& first = doc.names[list.parties.front().name];
  if (first.person) return true;
  for (std::uint32_t i = first.last; i < sentence.last; ++i) {
    if (doc.name_at[i] == kNone && doc.has(i, kRole | kPronoun)) return true;
  }
  return false;
}

}  // namespace

bool marked_lead(const Document& doc, std::uint32_t i, std::uint32_t last) {
  const bool dash = doc.symbol(i, '-') || doc.symbol(i, ':');
  if (i >= last || (!doc.symbol(i, '(') && !doc.symbol(i, ',') && !dash)) return false;
  for (std::uint32_t k = i + 1; k < std::min(i + 4, last); ++k) {
    if (doc.symbol(k, ')') || doc.symbol(k, ',') || doc.name_at[k] != kNone) return false;
    if (!doc.has(k, kLead)) continue;
    return doc.symbol(k + 1, ')') || doc.has(k + 1, kInvestorNoun) || (dash && k + 1 >= last);
  }
  return false;
}

void find_investments(const Document& doc, std::uint32_t sentence, Facts& facts) {
  InvestmentRules(doc, sentence, facts).run();
}

void find_givers(const Document& doc, Facts& facts) {
  for (std::uint32_t r = 0; r < facts.rounds.size(); ++r) {
    const RoundMention& mention = facts.rounds[r];
    if (mention.given == kNone) continue;
    const Sentence& sentence = doc.sentences[mention.sentence];
    const Subject subject = find_subject(doc, sentence, mention.given, true);
    if (subject.kind != SubjectKind::kNames) continue;
    for (const std::uint32_t investor : subject.names) {
      facts.investors.push_back({.relation = InvestorRelation::kInvested,
                                 .investor = investor,
                                 .angel = doc.names[investor].person,
                                 .sentence = mention.sentence,
                                 .round = r,
                                 .project = kNone,
                                 .to_project = false,
                                 .evidence = {doc.names[investor].first,
                                              std::max(mention.span.last, mention.given + 1)}});
    }
  }
}

void find_listed_investors(const Document& doc, Facts& facts) {
  bool open = false;
  bool angels = false;
  std::uint32_t last_block = kNone;
  for (std::uint32_t s = 0; s < doc.sentences.size(); ++s) {
    const Sentence& sentence = doc.sentences[s];
    if (sentence.kind != BlockKind::kListItem) {
      open = introduces_investors(doc, sentence, angels);
      continue;
    }
    if (!open || sentence.block == last_block) continue;
    last_block = sentence.block;
    PartyList list = read_party_list(doc, sentence.first, sentence.last, angels);
    // "Jane Roe, Acme": one investor per item, what follows a person is where they work.
    if (list.parties.size() > 1 && says_who(doc, sentence, list)) list.parties.resize(1);
    for (const Party& party : list.parties) {
      const bool lead = marked_lead(doc, doc.names[party.name].last, sentence.last);
      facts.investors.push_back(
          {.relation = lead ? InvestorRelation::kLed : InvestorRelation::kInvested,
           .investor = party.name,
           .angel = party.angel,
           .sentence = s,
           .round = kNone,
           .project = kNone,
           .to_project = false,
           .evidence = {sentence.first, std::max(party.last, sentence.first + 1)}});
    }
  }
}

}  // namespace graphrail::extract::rules

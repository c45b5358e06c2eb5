#include "extract/rules/investor_rules.h"

#include <algorithm>
#include <array>

#include "extract/rules/investment_rules.h"
#include "extract/rules/investor_cues.h"
#include "extract/rules/participation_rules.h"
#include "extract/rules/party_list.h"
#include "extract/rules/round_lookup.h"
#include "extract/rules/subject.h"

namespace graphrail::extract::rules {
namespace {

class SentenceRules {
 public:
  SentenceRules(const Document& doc, std::uint32_t sentence, Facts& facts)
      : doc_(doc), number_(sentence), sentence_(doc.sentences[sentence]), facts_(facts) {}

  void run() {
    for (std::uint32_t i = sentence_.first; i < sentence_.last; ++i) {
      if (doc_.name_at[i] != kNone) continue;
      if (const auto match = investor_cues().match(doc_, i, sentence_.last)) {
        if (doc_.has(i, kParticipate) && round_at_hand() &&
            inverted(i, InvestorRelation::kInvested)) {
          continue;
        }
        cue(i, match->last, match->value);
        i = match->last - 1;
        continue;
      }
      if (doc_.is(i, "with"_w)) closed_with(i);
      if (doc_.has(i, kLead)) lead_verb(i);
      if (doc_.has(i, kParticipate) || takes_part(i)) participate_verb(i);
    }
  }

 private:
  bool has_round() const { return sentence_has_round(facts_, number_); }

  void cue(std::uint32_t at, std::uint32_t after, Cue cue) {
    switch (cue) {
      case Cue::kLed:
        if (leads_something_else(at) || leads_company(at, after)) return;
        return add_list(at, after, InvestorRelation::kLed, false);
      case Cue::kParticipant:
      case Cue::kAngels:
        return add_list(at, after, InvestorRelation::kInvested, cue == Cue::kAngels);
      case Cue::kCompanion:
        if (individuals(at, after)) {
          return add_list(at, after, InvestorRelation::kInvested, true);
        }
        if (!has_round() && !found_ && !they_are(at, after) && !we_are(at, after)) return;
        return add_list(at, after, InvestorRelation::kInvested, false);
      case Cue::kWelcome:
        return welcome(at, after);
      case Cue::kFrom:
        if (round_shortly_before(at) || money_was(at))
          add_list(at, after, InvestorRelation::kInvested, false);
        return;
      case Cue::kBacker:
        return backers(at, after);
      case Cue::kIncluding:
        if (investors_before(at)) {
          add_list(at, after, InvestorRelation::kInvested, angels_before(at));
        }
        return;
    }
  }

  /// "The funds were provided by A", after a round.
  bool money_was(std::uint32_t at) const {
    static constexpr auto kMoney =
        std::to_array({"money"_w, "funds"_w, "capital"_w, "funding"_w, "financing"_w, "cash"_w,
                       "investment"_w, "round"_w});
    constexpr std::uint32_t kReach = 3;
    const std::uint32_t first = number_ > kReach ? number_ - kReach : 0;
    if (at < sentence_.first + 2) return false;
    if (facts_.rounds_of_sentence[first] == facts_.rounds_of_sentence[number_ + 1]) return false;
    if (!doc_.has(at, kVerb | kParticipate) && !doc_.is(at, "provided"_w)) return false;
    if (!doc_.is(at - 1, "were"_w) && !doc_.is(at - 1, "was"_w)) return false;
    return std::find(kMoney.begin(), kMoney.end(), doc_.tokens[at - 2].hash) != kMoney.end();
  }

  /// "grateful for the support of individuals such as A (Acme) and B", shortly after a round.
  bool individuals(std::uint32_t at, std::uint32_t after) const {
    constexpr std::uint32_t kReach = 3;
    const std::uint32_t first = number_ > kReach ? number_ - kReach : 0;
    if (facts_.rounds_of_sentence[first] == facts_.rounds_of_sentence[number_ + 1]) return false;
    if (!doc_.is(at, "support"_w) && !doc_.is(at, "backing"_w)) return false;
    bool people = false;
    for (std::uint32_t i = after; i < std::min(after + 6, sentence_.last); ++i) {
      if (doc_.name_at[i] != kNone) return false;
      people = people || doc_.is(i, "individuals"_w) || doc_.is(i, "angels"_w) ||
               (doc_.is(i, "investors"_w) && doc_.is(i - 1, "angel"_w));
      const bool such = (doc_.is(i, "such"_w) && doc_.is(i + 1, "as"_w)) ||
                        doc_.is(i, "including"_w) || doc_.is(i, "like"_w);
      if (such) return people;
    }
    return false;
  }

  /// "They are joined by Acme Capital", after a sentence that named investors; no new colleague.
  bool they_are(std::uint32_t at, std::uint32_t after) const {
    if (!doc_.is(at, "joined"_w) || !doc_.is(sentence_.first, "they"_w)) return false;
    if (at > sentence_.first + 3 || !doc_.has(sentence_.first + 1, kAuxiliary)) return false;
    if (facts_.investors.empty() || facts_.investors.back().sentence + 3 <= number_) return false;
    const PartyList list = read_party_list(doc_, after, sentence_.last, false);
    return std::any_of(list.parties.begin(), list.parties.end(),
                       [&](const Party& party) { return doc_.names[party.name].fund; });
  }

  /// "We are joined by A and B", right after the round that the author leads.
  bool we_are(std::uint32_t at, std::uint32_t after) const {
    if (!doc_.is(at, "joined"_w) && !doc_.is(at, "joining"_w)) return false;
    if (at > sentence_.first + 3 || !doc_.is(sentence_.first, "we"_w)) return false;
    if (facts_.investors.empty() || facts_.investors.back().sentence + 3 <= number_) return false;
    return facts_.investors.back().relation == InvestorRelation::kLed && !doc_.has(after, kRole);
  }

  /// "we closed our seed round with A and B.": nothing else stands behind the round.
  void closed_with(std::uint32_t at) {
    const std::uint32_t round = round_before(facts_, number_, at);
    if (round == kNone) return;
    const RoundMention& mention = facts_.rounds[round];
    if (mention.span.last != at || mention.verb == kNone || mention.verb >= at) return;
    if (mention.earlier || !doc_.has(mention.verb, kRaise | kWeakRaise)) return;
    const PartyList list = read_party_list(doc_, at + 1, sentence_.last, false);
    const bool end = list.last >= sentence_.last || doc_.symbol(list.last, '.');
    if (end) add_parties(at, list, InvestorRelation::kInvested);
  }

  /// "We're lucky to have A, B and C on board".
  void welcome(std::uint32_t at, std::uint32_t after) {
    static constexpr auto kJoins =
        std::to_array({"on"_w, "as"_w, "join"_w, "joining"_w, "participate"_w, "participating"_w,
                       "back"_w, "backing"_w, "along"_w, "invest"_w, "in"_w, "support"_w});
    const PartyList list = read_party_list(doc_, after, sentence_.last, false);
    if (list.parties.empty() || list.last >= sentence_.last) return;
    const std::uint64_t next = doc_.tokens[list.last].hash;
    if (doc_.is(list.last, "as"_w) && !as_investors(list.last + 1)) return;
    if (to_the_round(list.last)) return add_parties(at, list, InvestorRelation::kInvested);
    if (std::find(kJoins.begin(), kJoins.end(), next) == kJoins.end()) return;
    add_parties(at, list, InvestorRelation::kInvested);
  }

  /// "as new investors" and not "as our CTO".
  bool as_investors(std::uint32_t i) const {
    for (std::uint32_t k = i; k < std::min(i + 5, sentence_.last); ++k) {
      if (doc_.has(k, kInvestorNoun | kLead) || doc_.is(k, "partners"_w)) return true;
      if (doc_.symbol(k, ',') || doc_.symbol(k, '.')) return false;
    }
    return false;
  }

  /// "to the cap table", "to our family of investors".
  bool to_the_round(std::uint32_t i) const {
    if (!doc_.is(i, "to"_w) || !doc_.has(i + 1, kDeterminer)) return false;
    for (std::uint32_t k = i + 2; k < std::min(i + 6, sentence_.last); ++k) {
      if (doc_.is(k, "cap"_w) || doc_.has(k, kInvestorNoun | kRoundNoun)) return true;
    }
    return false;
  }

  /// "Leading the round was A", "Joining us in the round are A and B".
  bool inverted(std::uint32_t verb, InvestorRelation relation) {
    if (verb > sentence_.first + 2 || !doc_.text(verb).ends_with("ing")) return false;
    for (std::uint32_t i = verb + 1; i < std::min(verb + 10, sentence_.last); ++i) {
      if (doc_.symbol(i, ',') || doc_.name_at[i] != kNone) return false;
      if (!doc_.has(i, kAuxiliary)) continue;
      add_list(verb, i + 1, relation, false);
      return true;
    }
    return false;
  }

  /// The sentence or the one before speaks of a round.
  bool round_at_hand() const {
    return has_round() || (number_ > 0 && sentence_has_round(facts_, number_ - 1));
  }

  /// "a team led by", "the company, led by": not a round. Without any round in the sentence the
  /// cue must open it.
  bool leads_something_else(std::uint32_t at) const {
    static constexpr auto kOthers = std::to_array(
        {"team"_w, "company"_w, "startup"_w, "group"_w, "project"_w, "effort"_w, "efforts"_w,
         "movement"_w, "organization"_w, "initiative"_w, "research"_w, "teams"_w, "staff"_w});
    if (at > sentence_.first) {
      std::uint32_t k = at - 1;
      if (k > sentence_.first && doc_.has(k, kAuxiliary)) --k;
      if (std::find(kOthers.begin(), kOthers.end(), doc_.tokens[k].hash) != kOthers.end()) {
        return true;
      }
    }
    return !has_round() && at > sentence_.first + 3;
  }

  /// "Acme, led by CEO Jane Roe, raised": the company's head, not the round's.
  bool leads_company(std::uint32_t at, std::uint32_t after) const {
    if (round_before(facts_, number_, at) != kNone) return false;
    if (doc_.has(after, kRole)) return true;
    return at > sentence_.first + 1 && doc_.symbol(at - 1, ',') &&
           (doc_.name_ending(at - 1) != kNone || doc_.has(at - 2, kCompanyNoun));
  }

  bool people_noun(std::uint32_t i) const {
    static constexpr auto kPeople =
        std::to_array({"angels"_w, "investors"_w, "executives"_w, "founders"_w, "employees"_w,
                       "operators"_w, "people"_w, "alumni"_w, "leaders"_w, "engineers"_w});
    return std::find(kPeople.begin(), kPeople.end(), doc_.tokens[i].hash) != kPeople.end();
  }

  bool round_shortly_before(std::uint32_t at) const {
    const std::uint32_t round = round_before(facts_, number_, at);
    if (round == kNone) return false;
    // "angel investors from Docker and Splunk": where they work, not who invests.
    if (people_noun(at - 1)) return false;
    const RoundMention& mention = facts_.rounds[round];
    std::uint32_t words = 0;
    for (std::uint32_t i = mention.span.last; i < at; ++i) {
      const bool clause = doc_.has(i, kRaise) && !doc_.has(i - 1, kPronoun);
      if (clause || doc_.has(i, kLead | kInvest) || doc_.symbol(i, ';')) return false;
      words += doc_.name_at[i] == kNone ? 1 : 0;
    }
    return words <= 10;
  }

  /// "investors including": an investor noun, or a round with a participation verb, before.
  bool investors_before(std::uint32_t at) const {
    // "led by A and also involved B".
    const std::uint32_t also = at > sentence_.first + 1 && doc_.is(at - 1, "also"_w) ? at - 1 : at;
    if (found_ && has_round() && doc_.is(also - 1, "and"_w) && !doc_.is(at, "such"_w)) return true;
    const std::uint32_t first = at > sentence_.first + 7 ? at - 7 : sentence_.first;
    for (std::uint32_t i = at; i > first; --i) {
      const std::uint32_t k = i - 1;
      if (doc_.name_at[k] != kNone) return false;
      if (doc_.has(k, kInvestorNoun)) return has_round() || found_ || investor_word(k);
      if (doc_.has(k, kParticipate)) return true;
    }
    const std::uint32_t round = round_before(facts_, number_, at);
    if (round == kNone || doc_.is(at, "such"_w)) return false;
    // "in a seed round featuring A".
    const RoundMention& mention = facts_.rounds[round];
    return mention.span.first <= sentence_.first + 3 ||
           (mention.round_noun && mention.span.last == at);
  }

  bool investor_word(std::uint32_t i) const {
    static constexpr auto kWords =
        std::to_array({"investors"_w, "backers"_w, "angels"_w, "shareholders"_w, "investor"_w});
    return std::find(kWords.begin(), kWords.end(), doc_.tokens[i].hash) != kWords.end();
  }

  bool angels_before(std::uint32_t at) const {
    const std::uint32_t first = at > sentence_.first + 6 ? at - 6 : sentence_.first;
    for (std::uint32_t i = first; i < at; ++i) {
      if (doc_.is(i, "angels"_w) || doc_.is(i, "angel"_w)) return true;
    }
    return false;
  }

  void backers(std::uint32_t at, std::uint32_t after) {
    const PartyList list = read_party_list(doc_, after, sentence_.last, false);
    if (has_round()) {
      add_parties(at, list, InvestorRelation::kInvested);
      return;
    }
    const Subject subject = find_subject(doc_, sentence_, at, false);
    for (const Party& party : list.parties) {
      InvestorFact fact = make(at, party, InvestorRelation::kInvested);
      fact.to_project = true;
      if (subject.kind == SubjectKind::kNames) fact.project = subject.names.back();
      facts_.investors.push_back(fact);
    }
  }

  void add_list(std::uint32_t at, std::uint32_t after, InvestorRelation relation, bool angels) {
    while (after < sentence_.last && (doc_.symbol(after, ',') || doc_.symbol(after, ':'))) ++after;
    PartyList list = read_party_list(doc_, after, sentence_.last, angels);
    if (list.parties.empty() && relation == InvestorRelation::kLed) {
      facts_.unnamed_lead = list.unnamed_noun;
      facts_.unnamed_lead_round = nearest_round(facts_, number_, at);
    }
    if (relation == InvestorRelation::kLed) cut_companions(after, list);
    add_parties(at, list, relation);
    if (relation == InvestorRelation::kLed && !list.parties.empty()) led_with(list.last);
  }

  /// "led by A with B and C.": nothing stands behind the second list.
  void led_with(std::uint32_t i) {
    if (i < sentence_.last && doc_.symbol(i, ',')) ++i;
    if (i + 1 >= sentence_.last || !doc_.is(i, "with"_w)) return;
    const PartyList list = read_party_list(doc_, i + 1, sentence_.last, false);
    const std::uint32_t end = list.last;
    const bool clause = end >= sentence_.last || doc_.symbol(end, '.') || doc_.symbol(end, ';') ||
                        doc_.symbol(end, ')') || doc_.is(end, "also"_w) ||
                        doc_.has(end, kParticipate) || doc_.is(end + 1, "board"_w) || several(end);
    if (clause) add_parties(i, list, InvestorRelation::kInvested);
  }

  /// "and 14 angels" behind a list.
  bool several(std::uint32_t i) const {
    if (!doc_.is(i, "and"_w) || i + 1 >= sentence_.last) return false;
    return doc_.tokens[i + 1].kind == TokenKind::kNumber ||
           doc_.has(i + 1, kQuantity | kDeterminer | kAdjective);
  }

  /// In "led by A, alongside B" and "led by A; B and C took part" only A leads; B is read again as
  /// a companion.
  void cut_companions(std::uint32_t after, PartyList& list) {
    for (std::size_t p = 1; p < list.parties.size(); ++p) {
      const std::uint32_t end = doc_.names[list.parties[p].name].first;
      for (std::uint32_t i = list.parties[p - 1].last; i < end; ++i) {
        if (doc_.symbol(i, ';')) return list.parties.resize(p);
        const auto match = investor_cues().match(doc_, i, sentence_.last);
        if (!match || (match->value != Cue::kCompanion && match->value != Cue::kIncluding))
          continue;
        list.parties.resize(p);
        return;
      }
    }
    static_cast<void>(after);
  }

  InvestorFact make(std::uint32_t at, const Party& party, InvestorRelation relation) const {
    return {.relation = relation,
            .investor = party.name,
            .angel = party.angel,
            .sentence = number_,
            .round = kNone,
            .project = kNone,
            .to_project = false,
            .evidence = {std::min(at, doc_.names[party.name].first), std::max(party.last, at + 1)}};
  }

  void add_parties(std::uint32_t at, const PartyList& list, InvestorRelation relation) {
    for (const Party& party : list.parties) {
      const bool lead = marked_lead(doc_, doc_.names[party.name].last, sentence_.last);
      InvestorFact fact = make(at, party, lead ? InvestorRelation::kLed : relation);
      fact.round = nearest_round(facts_, number_, at);
      facts_.investors.push_back(fact);
      found_ = true;
    }
  }

  /// The round a verb without an object speaks of: no past one, and none of the next clause.
  std::uint32_t round_of_clause(std::uint32_t verb) const {
    const std::uint32_t round = round_before(facts_, number_, verb);
    if (round == kNone || facts_.rounds[round].earlier) return kNone;
    return in_relative(doc_, sentence_, facts_.rounds[round].span, verb) ? kNone : round;
  }

  void add_subject(std::uint32_t verb, const Subject& subject, InvestorRelation relation,
                   std::uint32_t end, bool object) {
    if (subject.kind != SubjectKind::kNames) return;
    PartyList list = read_party_list_before(doc_, sentence_.first, subject.last);
    const PartyList apposed =
        read_party_list(doc_, doc_.names[subject.names.front()].first, verb, false);
    if (subject.names.size() == 1 && apposed.parties.size() == 1 &&
        apposed.parties.front().person != kNone) {
      list = apposed;
    } else if (list.parties.size() < subject.names.size()) {
      list.parties.clear();
      for (const std::uint32_t name : subject.names) {
        list.parties.push_back({.name = name, .angel = doc_.names[name].person});
      }
    }
    for (const Party& party : list.parties) {
      InvestorFact fact{
          .relation = relation, .investor = party.name, .angel = party.angel, .sentence = number_};
      const bool relative = doc_.is(verb - 1, "who"_w) || doc_.is(verb - 1, "which"_w);
      const std::uint32_t behind = round_after(facts_, number_, verb);
      fact.round = object ? nearest_round(facts_, number_, verb) : round_of_clause(verb);
      if (object && relative && behind != kNone) fact.round = behind;
      fact.evidence = {std::min(doc_.names[party.name].first, subject.first), end};
      facts_.investors.push_back(fact);
      found_ = true;
    }
  }

  /// "X led the round", "X to lead", "with X leading": an active verb with the round behind it.
  void lead_verb(std::uint32_t verb) {
    if (doc_.has(verb + 1, kInvestorNoun) && !doc_.is(verb + 1, "vc"_w)) return;
    if (inverted(verb, InvestorRelation::kLed)) return;
    const std::uint32_t round = round_after(facts_, number_, verb);
    const bool object =
        round != kNone && facts_.rounds[round].span.first <= verb + 7 && direct(verb, round);
    const Subject subject = find_subject(doc_, sentence_, verb, true);
    const bool with = subject.kind == SubjectKind::kNames && subject.first > sentence_.first &&
                      doc_.is(subject.first - 1, "with"_w) && has_round();
    if (!object && !with && !ends_clause(verb)) return;
    const std::uint32_t end = object ? facts_.rounds[round].span.last : verb + 1;
    add_subject(verb, subject, InvestorRelation::kLed, end, true);
  }

  /// "New backer Acme Capital leads;" after a round was announced.
  bool ends_clause(std::uint32_t verb) const {
    const bool end = doc_.symbol(verb + 1, ';') || doc_.symbol(verb + 1, '.') ||
                     (doc_.symbol(verb + 1, ',') && !has_round());
    return end && round_at_hand() && (doc_.is(verb, "led"_w) || doc_.is(verb, "leads"_w));
  }

  /// Only articles and descriptions between the verb and the round.
  bool direct(std::uint32_t verb, std::uint32_t round) const {
    for (std::uint32_t i = verb + 1; i < facts_.rounds[round].span.first; ++i) {
      const bool own = i == verb + 1 && doc_.is(i, "our"_w);
      if ((doc_.has(i, kPronoun | kAuxiliary) && !own) || doc_.symbol(i, ',')) return false;
      if (doc_.has(i, kPreposition) && !doc_.is(i, "of"_w)) return false;
    }
    return true;
  }

  bool takes_part(std::uint32_t i) const {
    return doc_.is(i + 1, "part"_w) && (doc_.is(i, "took"_w) || doc_.is(i, "take"_w) ||
                                        doc_.is(i, "taking"_w) || doc_.is(i, "takes"_w));
  }

  /// "X participated (in the round)", "X also joined the round", "with X contributing".
  void participate_verb(std::uint32_t verb) {
    if (doc_.is(verb + 1, "by"_w) || doc_.is(verb, "followed"_w)) return;
    if (round_at_hand() && inverted(verb, InvestorRelation::kInvested)) return;
    const std::uint32_t round = round_after(facts_, number_, verb);
    const bool object = round != kNone && facts_.rounds[round].span.first <= verb + 6;
    static constexpr auto kFree = std::to_array(
        {"participated"_w, "participating"_w, "participate"_w, "co-invested"_w, "reinvested"_w,
         "re-invested"_w, "co-investing"_w, "contributed"_w, "contributing"_w, "participates"_w});
    const bool part = takes_part(verb);
    const bool free =
        part || std::find(kFree.begin(), kFree.end(), doc_.tokens[verb].hash) != kFree.end();
    const bool elsewhere = doc_.is(verb + (part ? 2U : 1U), "in"_w) && !object;
    const bool too = doc_.is(verb, "joined"_w) && doc_.is(verb + 1, "too"_w);
    if (!object && (!(free || too) || elsewhere || !(has_round() || number_ > 0))) return;
    const bool adverb = verb > sentence_.first && doc_.has(verb - 1, kAdverb | kAuxiliary);
    if (!object && !round_at_hand() && !adverb) return;
    const Subject subject = find_subject(doc_, sentence_, verb, true);
    const std::uint32_t end = object ? facts_.rounds[round].span.last : verb + 1;
    add_subject(verb, subject, InvestorRelation::kInvested, end, object);
  }

  const Document& doc_;
  std::uint32_t number_;
  const Sentence& sentence_;
  Facts& facts_;
  bool found_ = false;
};

}  // namespace

void find_investors(const Document& doc, Facts& facts) {
  for (std::uint32_t s = 0; s < doc.sentences.size(); ++s) {
    SentenceRules(doc, s, facts).run();
    find_investments(doc, s, facts);
    find_participations(doc, s, facts);
  }
  find_givers(doc, facts);
  find_listed_investors(doc, facts);
}

}  // namespace graphrail::extract::rules

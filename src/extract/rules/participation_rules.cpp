#include "extract/rules/participation_rules.h"

#include <algorithm>
#include <array>

#include "extract/rules/participation_words.h"
#include "extract/rules/party_list.h"
#include "extract/rules/round_lookup.h"
#include "extract/rules/subject.h"

namespace graphrail::extract::rules {
namespace {

template <std::size_t N>
bool one_of(const Document& doc, std::uint32_t i, const std::array<std::uint64_t, N>& words) {
  return i < doc.tokens.size() &&
         std::find(words.begin(), words.end(), doc.tokens[i].hash) != words.end();
}

class ParticipationRules {
 public:
  ParticipationRules(const Document& doc, std::uint32_t sentence, Facts& facts)
      : doc_(doc), number_(sentence), sentence_(doc.sentences[sentence]), facts_(facts) {}

  void run() {
    if (round_at_hand()) inverted();
    for (std::uint32_t i = sentence_.first; i < sentence_.last; ++i) {
      if (doc_.name_at[i] != kNone) continue;
      investor_noun(i);
      existing(i);
      counts(i);
      passive(i);
      if (!round_at_hand()) continue;
      if (doc_.is(i, "with"_w) || doc_.is(i, "saw"_w)) accompanied(i);
      if (const auto deed = deeds().match(doc_, i, sentence_.last)) {
        this->deed(i, deed->last, deed->value);
      }
      as_did(i);
      round_includes(i);
      money_came_from(i);
      wrote_check(i);
    }
  }

 private:
  /// The sentence, or one shortly before it, speaks of a round.
  bool round_at_hand() const {
    constexpr std::uint32_t kReach = 3;
    const std::uint32_t first = number_ > kReach ? number_ - kReach : 0;
    return facts_.rounds_of_sentence[first] < facts_.rounds_of_sentence[number_ + 1];
  }

  /// The round before token `at` in this sentence unless it is a past one; kNone is the current.
  std::uint32_t round_at(std::uint32_t at) const {
    const std::uint32_t round = round_before(facts_, number_, at);
    if (round != kNone && in_relative(doc_, sentence_, facts_.rounds[round].span, at)) return kNone;
    if (round != kNone && !facts_.rounds[round].earlier) return round;
    const std::uint32_t after = round_after(facts_, number_, at);
    if (after == kNone || facts_.rounds[after].earlier) return kNone;
    return facts_.rounds[after].span.first <= at + 6 ? after : kNone;
  }

  void add(std::uint32_t at, const std::vector<Party>& parties, InvestorRelation relation,
           bool to_project = false) {
    for (const Party& party : parties) {
      InvestorFact fact{.relation = relation,
                        .investor = party.name,
                        .angel = party.angel || doc_.names[party.name].person,
                        .sentence = number_,
                        .round = to_project ? kNone : round_at(at),
                        .to_project = to_project};
      fact.evidence = {std::min(at, doc_.names[party.name].first),
                       std::max({party.last, at + 1, doc_.names[party.name].last})};
      facts_.investors.push_back(fact);
    }
  }

  /// The investors that are the subject of the verb at `verb`.
  std::vector<Party> subject_of(std::uint32_t verb) const {
    std::uint32_t end = verb;
    while (end > sentence_.first && doc_.has(end - 1, kAdverb | kAuxiliary)) --end;
    if (end > sentence_.first && (doc_.is(end - 1, "others"_w) || doc_.is(end - 1, "more"_w))) {
      return read_party_list_before(doc_, sentence_.first, end).parties;
    }
    const Subject subject = find_subject(doc_, sentence_, verb, true);
    if (subject.kind != SubjectKind::kNames) return {};
    PartyList list = read_party_list_before(doc_, sentence_.first, subject.last);
    if (list.parties.size() >= subject.names.size()) return std::move(list.parties);
    std::vector<Party> parties;
    for (const std::uint32_t name : subject.names) parties.push_back({.name = name});
    return parties;
  }

  bool hedged(std::uint32_t verb) const {
    for (std::uint32_t i = verb; i > sentence_.first && verb - i < 3; --i) {
      if (doc_.has(i - 1, kHedge) || doc_.is(i - 1, "not"_w)) return true;
    }
    return false;
  }

  bool clause_end(std::uint32_t i) const {
    return i >= sentence_.last || doc_.symbol(i, '.') || doc_.symbol(i, ',') ||
           doc_.symbol(i, ';') || doc_.symbol(i, ')') || doc_.is(i, "and"_w);
  }

  /// A name that is invested in behind "in": the sentence is about that name, not about the round.
  bool named_object(std::uint32_t i) const {
    if (!doc_.has(i, kPreposition)) return false;
    const std::uint32_t object = doc_.has(i + 1, kDeterminer) ? i + 2 : i + 1;
    return object < sentence_.last && doc_.name_at[object] != kNone;
  }

  bool describes_round(std::uint32_t i) const {
    static constexpr auto kWords =
        std::to_array({"as"_w, "alongside"_w, "too"_w, "again"_w, "also"_w, "together"_w, "well"_w,
                       "with"_w, "along"_w, "for"_w, "at"_w, "this"_w});
    return clause_end(i) || one_of(doc_, i, kWords);
  }

  void deed(std::uint32_t verb, std::uint32_t after, Deed deed) {
    if (hedged(verb) || named_object(after)) return;
    if (deed == Deed::kTakePartAtEnd && !describes_round(after)) return;
    if (doc_.is(after, "board"_w) || doc_.is(after, "by"_w)) return;
    const std::uint32_t as = doc_.is(after, "as"_w) ? after : after - 1;
    if (doc_.is(as, "as"_w) && !as_investors(as + 1)) return;
    const std::vector<Party> parties = subject_of(verb);
    add(verb, parties, deed == Deed::kLead ? InvestorRelation::kLed : InvestorRelation::kInvested);
  }

  /// "as well", "as a strategic investor", but not "as advisors".
  bool as_investors(std::uint32_t i) const {
    for (std::uint32_t k = i; k < std::min(i + 5, sentence_.last); ++k) {
      if (doc_.has(k, kInvestorNoun | kLead) || doc_.is(k, "well"_w)) return true;
      if (clause_end(k)) return false;
    }
    return false;
  }

  /// "with A leading and with B, C and others participating"; "saw A and B take part".
  void accompanied(std::uint32_t at) {
    const PartyList list = read_party_list(doc_, at + 1, sentence_.last, false);
    if (list.parties.empty()) return;
    std::uint32_t i = list.last;
    if (doc_.symbol(i, ',')) ++i;
    static constexpr auto kBetween =
        std::to_array({"also"_w, "all"_w, "both"_w, "each"_w, "again"_w, "too"_w, "now"_w, "once"_w,
                       "jointly"_w});
    while (i < sentence_.last && one_of(doc_, i, kBetween)) ++i;
    if (i >= sentence_.last) return;
    const auto match = accompanying_deeds().match(doc_, i, sentence_.last);
    if (!match) return saw(at, i, list);
    if (joins_something_else(match->last)) return;
    add(at, list.parties,
        match->value == Deed::kLead ? InvestorRelation::kLed : InvestorRelation::kInvested);
    std::uint32_t next = match->last;
    while (next < sentence_.last && doc_.has(next, kInvestorNoun)) ++next;
    if (next < sentence_.last && doc_.is(next, "and"_w) && !doc_.is(next + 1, "with"_w)) {
      accompanied(next);
    }
  }

  /// "Also in on the deal are A and B", "Rounding out the syndicate were A and B".
  void inverted() {
    const std::uint32_t first = sentence_.first;
    const bool also = doc_.is(first, "also"_w);
    bool deed = false;
    for (std::uint32_t i = first; i < std::min(first + 10, sentence_.last); ++i) {
      if (doc_.name_at[i] != kNone || doc_.symbol(i, ',')) return;
      if (accompanying_deeds().match(doc_, i, sentence_.last) || doc_.has(i, kRoundNoun) ||
          doc_.is(i, "deal"_w)) {
        deed = true;
      }
      if (!one_of(doc_, i, kBe)) continue;
      if (i == first || !deed || (!also && !doc_.text(first).ends_with("ing"))) return;
      if (doc_.is(first, "leading"_w)) return;
      const PartyList list = read_party_list(doc_, i + 1, sentence_.last, false);
      return add(first, list.parties, InvestorRelation::kInvested);
    }
  }

  void saw(std::uint32_t at, std::uint32_t verb, const PartyList& list) {
    static constexpr auto kTakePart = std::to_array(
        {"participate"_w, "join"_w, "take"_w, "contribute"_w, "invest"_w, "return"_w, "come"_w});
    if (!doc_.is(at, "saw"_w)) return;
    if (doc_.is(verb, "lead"_w)) return add(at, list.parties, InvestorRelation::kLed);
    if (one_of(doc_, verb, kTakePart)) add(at, list.parties, InvestorRelation::kInvested);
  }

  /// "joining the board", "leading the team".
  bool joins_something_else(std::uint32_t i) const {
    static constexpr auto kOthers =
        std::to_array({"board"_w, "team"_w, "company"_w, "advisory"_w, "product"_w, "engineering"_w,
                       "development"_w, "efforts"_w, "charge"_w, "advisors"_w});
    for (std::uint32_t k = i; k < std::min(i + 4, sentence_.last); ++k) {
      if (clause_end(k)) return false;
      if (one_of(doc_, k, kOthers)) return true;
    }
    return false;
  }

  /// ", as did A and B" behind a verb of taking part.
  void as_did(std::uint32_t i) {
    static constexpr auto kDid =
        std::to_array({"did"_w, "do"_w, "does"_w, "have"_w, "has"_w, "were"_w, "was"_w, "are"_w});
    if ((!doc_.is(i, "as"_w) && !doc_.is(i, "so"_w)) || !one_of(doc_, i + 1, kDid)) return;
    bool takes_part = false;
    for (std::uint32_t k = sentence_.first; k < i; ++k) {
      takes_part = takes_part || doc_.has(k, kParticipate | kInvest) ||
                   deeds().match(doc_, k, sentence_.last).has_value();
    }
    if (!takes_part) return;
    const PartyList list = read_party_list(doc_, i + 2, sentence_.last, false);
    add(i, list.parties, InvestorRelation::kInvested);
  }

  /// "the round, which also included A and B".
  void round_includes(std::uint32_t i) {
    static constexpr auto kIncludes =
        std::to_array({"included"_w, "includes"_w, "include"_w, "featured"_w, "features"_w,
                       "drew"_w, "attracted"_w});
    if (!one_of(doc_, i, kIncludes)) return;
    std::uint32_t k = i;
    while (k > sentence_.first && (doc_.has(k - 1, kAdverb) || doc_.symbol(k - 1, ',') ||
                                   doc_.is(k - 1, "which"_w) || doc_.is(k - 1, "that"_w))) {
      --k;
    }
    const std::uint32_t round = round_before(facts_, number_, k);
    const bool behind_round = round != kNone && facts_.rounds[round].span.last == k;
    static constexpr auto kNouns = std::to_array(
        {"round"_w, "financing"_w, "syndicate"_w, "funding"_w, "line-up"_w, "lineup"_w, "raise"_w});
    if (k == sentence_.first || (!behind_round && !one_of(doc_, k - 1, kNouns))) return;
    const PartyList list = read_party_list(doc_, i + 1, sentence_.last, false);
    add(i, list.parties, InvestorRelation::kInvested);
  }

  /// "The new money came from A and B", "it also got money from C".
  void money_came_from(std::uint32_t i) {
    static constexpr auto kMoney = std::to_array(
        {"money"_w,     "capital"_w,   "cash"_w,       "funding"_w, "funds"_w,     "rest"_w,
         "remainder"_w, "financing"_w, "investment"_w, "check"_w,   "cheque"_w,    "checks"_w,
         "cheques"_w,   "half"_w,      "bulk"_w,       "round"_w,   "injection"_w, "extension"_w,
         "tranche"_w,   "infusion"_w,  "backing"_w,    "balance"_w});
    static constexpr auto kCome = std::to_array({"came"_w, "comes"_w, "come"_w, "coming"_w});
    static constexpr auto kGot = std::to_array(
        {"got"_w, "gets"_w, "received"_w, "took"_w, "has"_w, "have"_w, "accepted"_w, "drew"_w});
    if (!doc_.is(i, "from"_w) || i < sentence_.first + 2) return;
    const bool came = one_of(doc_, i - 1, kCome);
    bool money = false;
    bool got = false;
    const std::uint32_t first = i > sentence_.first + 25 ? i - 25 : sentence_.first;
    const std::uint32_t near = came ? first : std::max(first, i - std::min(i, 5U));
    for (std::uint32_t k = near; k < i; ++k) {
      money = money || (one_of(doc_, k, kMoney) && (came || k + 1 == i));
      got = got || one_of(doc_, k, kGot);
    }
    if (!money || (!came && !got)) return;
    const PartyList list = read_party_list(doc_, i + 1, sentence_.last, false);
    add(i, list.parties, InvestorRelation::kInvested);
  }

  /// "A wrote the biggest check"; a first check belongs to the past.
  void wrote_check(std::uint32_t i) {
    static constexpr auto kWrote = std::to_array({"wrote"_w, "cut"_w, "writes"_w, "signed"_w});
    static constexpr auto kCheck = std::to_array({"check"_w, "cheque"_w, "checks"_w, "cheques"_w});
    if (!one_of(doc_, i, kWrote)) return;
    for (std::uint32_t k = i + 1; k < std::min(i + 5, sentence_.last); ++k) {
      if (doc_.is(k, "first"_w) || doc_.is(k, "early"_w)) return;
      if (!one_of(doc_, k, kCheck)) continue;
      return add(i, subject_of(i), InvestorRelation::kInvested);
    }
  }

  /// "backed to the tune of $5m by A": money between the verb and "by".
  void passive(std::uint32_t i) {
    static constexpr auto kBacked =
        std::to_array({"backed"_w, "funded"_w, "financed"_w, "bankrolled"_w, "supported"_w,
                       "seeded"_w, "awarded"_w, "granted"_w});
    if (!one_of(doc_, i, kBacked) || doc_.is(i + 1, "by"_w)) return;
    for (std::uint32_t k = i + 1; k < std::min(i + 10, sentence_.last); ++k) {
      if (doc_.is(k, "by"_w)) {
        const PartyList list = read_party_list(doc_, k + 1, sentence_.last, false);
        return add(i, list.parties, InvestorRelation::kInvested);
      }
      const bool amount = doc_.money_at[k] != kNone || doc_.is(k, "tune"_w) ||
                          doc_.stage_at[k] != kNone || doc_.has(k, kRoundNoun);
      if (!amount && !doc_.has(k, kPreposition | kDeterminer | kAdverb)) return;
    }
  }

  static constexpr auto kInvestors =
      std::to_array({"investors"_w, "backers"_w, "shareholders"_w, "investor"_w, "backer"_w});

  bool past(std::uint32_t first, std::uint32_t last) const {
    static constexpr auto kPast = std::to_array({"earlier"_w, "previous"_w, "existing"_w, "past"_w,
                                                 "early"_w, "other"_w, "first"_w, "current"_w});
    for (; first < last; ++first) {
      if (one_of(doc_, first, kPast)) return true;
    }
    return false;
  }

  /// "The firm counts A and B as investors", "lists A among its backers".
  void counts(std::uint32_t i) {
    static constexpr auto kCounts = std::to_array(
        {"counts"_w, "count"_w, "counting"_w, "counted"_w, "lists"_w, "names"_w, "has"_w});
    if (!one_of(doc_, i, kCounts)) return;
    const PartyList list = read_party_list(doc_, i + 1, sentence_.last, false);
    const std::uint32_t as = list.last;
    if (list.parties.empty() ||
        (!doc_.is(as, "as"_w) && !doc_.is(as, "among"_w) && !doc_.is(as, "amongst"_w))) {
      return;
    }
    for (std::uint32_t k = as + 1; k < std::min(as + 5, sentence_.last); ++k) {
      if (clause_end(k)) return;
      if (!one_of(doc_, k, kInvestors)) continue;
      return add(i, list.parties, InvestorRelation::kInvested, past(as, k) || !round_at_hand());
    }
  }

  /// "joins existing Acme investors A and B(, who backed its Series B)".
  void existing(std::uint32_t i) {
    const std::uint32_t project = doc_.name_ending(i);
    if (!one_of(doc_, i, kInvestors) || project == kNone) return;
    const std::uint32_t first = doc_.names[project].first;
    if (first == sentence_.first || !past(first - 1, first)) return;
    const PartyList list = read_party_list(doc_, i + 1, sentence_.last, false);
    if (list.parties.empty() || finite_verb(doc_, list.last)) return;
    const std::uint32_t who = doc_.symbol(list.last, ',') ? list.last + 1 : list.last;
    std::uint32_t round = kNone;
    if (doc_.is(who, "who"_w) || doc_.is(who, "which"_w)) {
      round = round_after(facts_, number_, who);
    }
    const std::size_t before = facts_.investors.size();
    add(i, list.parties, InvestorRelation::kInvested, round == kNone);
    for (std::size_t f = before; f < facts_.investors.size(); ++f) {
      if (round != kNone) facts_.investors[f].round = round;
      if (round == kNone) facts_.investors[f].project = project;
    }
  }

  /// "A and B are the company's main backers"; "The investor, Bob Roe, is known for ...".
  void investor_noun(std::uint32_t i) {
    if (!one_of(doc_, i, kInvestors) || i == sentence_.first) return;
    if (doc_.symbol(i + 1, ',') && doc_.is(i - 1, "the"_w) && round_at_hand()) {
      const PartyList list = read_party_list(doc_, i + 2, sentence_.last, false);
      if (finite_verb(doc_, list.last)) return;
      return add(i, list.parties, InvestorRelation::kInvested);
    }
    bool owned = false;
    std::uint32_t k = i;
    for (unsigned steps = 0; k > sentence_.first && steps < 8; ++steps, --k) {
      static constexpr auto kOwn =
          std::to_array({"its"_w, "their"_w, "our"_w, "'s"_w, "among"_w, "amongst"_w, "firm's"_w});
      owned = owned || one_of(doc_, k - 1, kOwn);
      if (one_of(doc_, k - 1, kBe)) break;
      const bool owner = doc_.name_at[k - 1] != kNone && doc_.is(k, "'s"_w);
      constexpr std::uint64_t kInside = kDeterminer | kAdjective | kModifier | kCompanyNoun |
                                        kPreposition | kLead | kAdverb | kQuantity;
      if (!owner && !one_of(doc_, k - 1, kOwn) && !doc_.has(k - 1, kInside) &&
          doc_.tokens[k - 1].classes != 0) {
        return;
      }
    }
    const bool in_company = doc_.is(i + 1, "in"_w) && doc_.has(i + 2, kDeterminer) &&
                            doc_.has(i + 3, kCompanyNoun | kRoundNoun);
    if (k == sentence_.first || !one_of(doc_, k - 1, kBe) || (!owned && !in_company)) return;
    if (named_object(i + 1)) return;
    std::uint32_t verb = k - 1;
    add(verb, subject_of(verb), InvestorRelation::kInvested, past(k, i) || !round_at_hand());
  }

  static constexpr auto kBe = std::to_array({"is"_w, "are"_w, "were"_w, "was"_w, "be"_w});

  const Document& doc_;
  std::uint32_t number_;
  const Sentence& sentence_;
  Facts& facts_;
};

}  // namespace

void find_participations(const Document& doc, std::uint32_t sentence, Facts& facts) {
  ParticipationRules(doc, sentence, facts).run();
}

}  // namespace graphrail::extract::rules

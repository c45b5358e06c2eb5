#include "extract/rules/founder_rules.h"

#include <algorithm>
#include <array>

#include "extract/rules/people_list.h"

namespace graphrail::extract::rules {
namespace {

constexpr std::uint32_t kLongestSignature = 16;
constexpr std::uint32_t kLongestTitle = 8;

template <std::size_t N>
bool one_of(const Document& doc, std::uint32_t i, const std::array<std::uint64_t, N>& words) {
  return i < doc.tokens.size() &&
         std::find(words.begin(), words.end(), doc.tokens[i].hash) != words.end();
}

bool founder_noun(const Document& doc, std::uint32_t i) {
  static constexpr auto kNouns = std::to_array(
      {"founder"_w, "founders"_w, "co-founder"_w, "co-founders"_w, "cofounder"_w, "cofounders"_w});
  return one_of(doc, i, kNouns) && doc.name_at[i] == kNone;
}

class FounderRules {
 public:
  FounderRules(const Document& doc, Facts& facts) : doc_(doc), facts_(facts) {}

  void run() {
    for (std::uint32_t s = 0; s < doc_.sentences.size(); ++s) {
      number_ = s;
      sentence_ = &doc_.sentences[s];
      signature();
      for (std::uint32_t i = sentence_->first; i < sentence_->last; ++i) {
        if (doc_.name_at[i] != kNone) continue;
        if (founder_noun(doc_, i)) noun(i);
        if (founding_verb(i)) verb(i);
        if (doc_.is(i, "brainchild"_w) || doc_.is(i, "creation"_w)) brainchild(i);
        if (doc_.is(i, "who"_w)) head_of(i);
        if (doc_.is(i, "where"_w)) where(i);
        if (doc_.symbol(i, '(')) bracketed(i);
        if (doc_.is(i, "are"_w)) partners(i);
      }
    }
  }

 private:
  void add(std::uint32_t person, std::uint32_t organization, TokenRange evidence, bool founder,
           TokenRange title = {}) {
    facts_.affiliations.push_back({.person = person,
                                   .organization = organization,
                                   .founder = founder,
                                   .sentence = number_,
                                   .title = title,
                                   .evidence = evidence});
  }

  void add_all(const PeopleList& people, std::uint32_t organization, std::uint32_t from,
               std::uint32_t last) {
    for (const std::uint32_t name : people.names) {
      add(name, organization,
          {std::min(from, doc_.names[name].first), std::max(last, doc_.names[name].last)}, true);
    }
  }

  /// The organisation that "'s" or "of" ties to the noun at `i`; kNone for the text's company.
  std::uint32_t owner(std::uint32_t i) const {
    if (i > sentence_->first + 1 && doc_.is(i - 1, "'s"_w)) return doc_.name_ending(i - 1);
    if (i > sentence_->first + 1 && doc_.symbol(i - 1, '\'')) return doc_.name_ending(i - 1);
    std::uint32_t end = i;
    while (end > sentence_->first && i - end < 4 && doc_.name_at[end - 1] == kNone &&
           (doc_.has(end - 1, kRole) || doc_.is(end - 1, "and"_w) || doc_.symbol(end - 1, '&'))) {
      --end;
    }
    if (const std::uint32_t name = doc_.name_ending(end); name != kNone) return name;
    std::uint32_t at = i + 1;
    if (doc_.is(at, "of"_w)) at += doc_.is(at + 1, "the"_w) ? 2 : 1;
    return at < sentence_->last ? doc_.name_starting(at) : kNone;
  }

  /// "the lab's co-founder", "PayPal and Yelp co-founders": of something else than the company.
  bool others_founder(std::uint32_t i) const {
    if (i < sentence_->first + 2 || !doc_.is(i - 1, "'s"_w)) return false;
    static constexpr auto kThing =
        std::to_array({"company"_w, "startup"_w, "start-up"_w, "firm"_w, "business"_w});
    return doc_.name_ending(i - 1) == kNone && !one_of(doc_, i - 2, kThing);
  }

  /// "Founders A (CEO) and B", "our founders, A and B,", "X's founders are A and B",
  /// "A and B, founders of X".
  void noun(std::uint32_t i) {
    const bool plural = doc_.text(i).ends_with('s') || doc_.text(i).ends_with('S');
    std::uint32_t at = i + 1;
    while (at < sentence_->last && at - i < kLongestTitle && doc_.name_at[at] == kNone &&
           (doc_.has(at, kRole) || doc_.is(at, "and"_w) || doc_.symbol(at, '&'))) {
      ++at;
    }
    if (doc_.is(at, "of"_w)) {
      at += doc_.is(at + 1, "the"_w) ? 2 : 1;
      const std::uint32_t name = at < sentence_->last ? doc_.name_starting(at) : kNone;
      at = name == kNone ? at + 1 : doc_.names[name].last;
    }
    const bool copula = doc_.is(at, "is"_w) || doc_.is(at, "are"_w) || doc_.is(at, "were"_w);
    const bool mine = i > sentence_->first && (doc_.is(i - 1, "my"_w) || doc_.is(i - 1, "our"_w));
    const bool owned = i > sentence_->first + 1 && doc_.is(i - 1, "'s"_w);
    const bool apposed =
        (plural || mine || owned) && (doc_.symbol(at, ',') || doc_.symbol(at, ':'));
    if (others_founder(i)) return;
    if (mine && became(i)) return;
    std::uint32_t organization = owner(i);
    if (organization != kNone && person_shape(doc_, doc_.names[organization])) organization = kNone;
    if (copula || apposed || at == i + 1) {
      PeopleList people = read_people(doc_, copula || apposed ? at + 1 : i + 1, sentence_->last);
      if (apposed && elsewhere(people)) return;
      const bool listed = !doc_.has(i - (i > 0 ? 1 : 0), kPreposition);
      if (!plural && people.names.size() > 1) people.names.resize(1);
      if (!people.names.empty() && (copula || listed)) {
        return add_all(people, organization, i, people.span.last);
      }
    }
    if (plural) people_before(i, organization);
  }

  /// "A, who became my co-founder".
  bool became(std::uint32_t i) {
    if (i < sentence_->first + 5) return false;
    const bool verb = doc_.is(i - 2, "became"_w) || doc_.is(i - 2, "is"_w) ||
                      doc_.is(i - 2, "was"_w) || doc_.is(i - 2, "becoming"_w);
    if (!verb || !doc_.is(i - 3, "who"_w)) return false;
    const std::uint32_t person = doc_.name_ending(doc_.symbol(i - 4, ',') ? i - 4 : i - 3);
    if (person == kNone || !person_shape(doc_, doc_.names[person])) return false;
    add(person, kNone, {doc_.names[person].first, i + 1}, true);
    return true;
  }

  /// "founders: A (Bigshop), B (Paylane)": each is tied to a company of their own.
  bool elsewhere(const PeopleList& people) const {
    for (const std::uint32_t person : people.names) {
      const std::uint32_t at = doc_.names[person].last + 1;
      if (!doc_.symbol(at - 1, '(') || at >= sentence_->last) continue;
      const std::uint32_t name = doc_.name_starting(at);
      if (name != kNone && doc_.symbol(doc_.names[name].last, ')')) return true;
    }
    return false;
  }

  /// "A and B, the co-founders of X".
  void people_before(std::uint32_t i, std::uint32_t organization) {
    std::uint32_t k = i;
    while (k > sentence_->first && i - k < 5 && doc_.name_at[k - 1] == kNone &&
           (doc_.has(k - 1, kDeterminer | kRole) || doc_.symbol(k - 1, '&'))) {
      --k;
    }
    if (k == sentence_->first) return;
    if (!doc_.symbol(k - 1, ',') && !doc_.symbol(k - 1, '-') && !doc_.symbol(k - 1, '/')) return;
    const PeopleList people = read_people_before(doc_, sentence_->first, k - 1);
    if (people.names.size() > 1) add_all(people, organization, i, i + 1);
  }

  bool founding_verb(std::uint32_t i) const {
    static constexpr auto kVerbs =
        std::to_array({"founded"_w, "co-founded"_w, "cofounded"_w, "started"_w, "established"_w,
                       "launched"_w, "created"_w, "start"_w, "found"_w, "co-found"_w});
    return one_of(doc_, i, kVerbs) || (doc_.is(i, "set"_w) && doc_.is(i + 1, "up"_w));
  }

  /// "the company", "it", or a name: what was founded. Sets `last` behind it.
  bool object(std::uint32_t at, std::uint32_t& organization, std::uint32_t& last) const {
    static constexpr auto kThing =
        std::to_array({"company"_w, "startup"_w, "start-up"_w, "firm"_w, "business"_w});
    organization = kNone;
    if (at >= sentence_->last) return false;
    if (doc_.is(at, "it"_w)) {
      last = at + 1;
      return true;
    }
    const bool determined = doc_.has(at, kDeterminer);
    if (determined) ++at;
    for (std::uint32_t i = at; i < std::min(at + 3, sentence_->last); ++i) {
      organization = doc_.name_starting(i);
      if (organization != kNone) {
        last = doc_.names[organization].last;
        return true;
      }
      if (determined && one_of(doc_, i, kThing)) {
        last = i + 1;
        return true;
      }
      if (!doc_.has(i, kAdjective | kCompanyNoun)) return false;
    }
    return false;
  }

  /// "A, B and C started X in 2012", "CEO A, who co-founded the company with B",
  /// "left Y to start X with B".
  void verb(std::uint32_t i) {
    std::uint32_t organization = kNone;
    std::uint32_t last = i + 1;
    if (!object(doc_.is(i, "set"_w) ? i + 2 : i + 1, organization, last)) return;
    const bool infinitive = i > sentence_->first && doc_.is(i - 1, "to"_w);
    const bool finite = doc_.text(i).ends_with("ed") || doc_.is(i, "set"_w);
    if (!infinitive && !finite) return;
    PeopleList people;
    std::uint32_t end = i;
    if (end > sentence_->first && doc_.is(end - 1, "who"_w)) {
      --end;
      if (end > sentence_->first && doc_.symbol(end - 1, ',')) --end;
    }
    while (end > sentence_->first && doc_.has(end - 1, kAdverb | kAuxiliary)) --end;
    if (finite && doc_.is(end, "who"_w)) end = before_appositive(end);
    if (finite) people = read_people_before(doc_, sentence_->first, end);
    if (finite && people.names.empty()) people = named_we(end);
    const bool about = !people.names.empty() && people.span.first > sentence_->first &&
                       doc_.has(people.span.first - 1, kPreposition);
    const bool strong = doc_.has(i, kFounder) || doc_.is(i, "started"_w);
    if (!about && (strong || people.names.size() > 1)) add_all(people, organization, i, last);
    if (!doc_.is(last, "with"_w)) return;
    const bool person = !people.names.empty() || infinitive;
    if (!person || !(strong || infinitive)) return;
    const PeopleList others = read_people(doc_, past_trade(last + 1), sentence_->last);
    add_all(others, organization, i, others.span.last);
    if (infinitive && people.names.empty() && !others.names.empty() && first_person(i) &&
        facts_.author_founded.last == 0) {
      facts_.author_founded = {i, others.span.last};
    }
  }

  /// "We (A, B and C) founded": the people in the brackets that end at `end`.
  PeopleList named_we(std::uint32_t end) const {
    constexpr std::uint32_t kLongest = 30;
    if (end <= sentence_->first || !doc_.symbol(end - 1, ')')) return {};
    for (std::uint32_t k = end - 1; k > sentence_->first && end - k < kLongest; --k) {
      if (!doc_.symbol(k, '(')) continue;
      if (!doc_.is(k - 1, "we"_w)) return {};
      PeopleList people = read_people(doc_, k + 1, end);
      return people.span.last == end - 1 ? people : PeopleList{};
    }
    return {};
  }

  /// "A, a former Bigshop executive who": the token after A; `who` when no person stands there.
  std::uint32_t before_appositive(std::uint32_t who) const {
    for (std::uint32_t k = who; k > sentence_->first + 1 && who - k < 12; --k) {
      if (!doc_.symbol(k - 1, ',')) continue;
      const std::uint32_t person = doc_.name_ending(k - 1);
      const bool article = doc_.is(k, "a"_w) || doc_.is(k, "an"_w) || doc_.is(k, "the"_w);
      if (!article || person == kNone || !person_shape(doc_, doc_.names[person])) return who;
      return k - 1;
    }
    return who;
  }

  /// "with developer B", "with fellow student B": the token where B may stand.
  std::uint32_t past_trade(std::uint32_t i) const {
    std::uint32_t at = i;
    // "with her husband, B".
    const bool kin = doc_.is(i, "his"_w) || doc_.is(i, "her"_w);
    if (kin && doc_.symbol(i + 2, ',') && i + 3 < sentence_->last) return i + 3;
    if (kin && i + 1 < sentence_->last) ++at;
    while (at < std::min(i + 4, sentence_->last) && doc_.name_at[at] == kNone &&
           doc_.lower_word(at) && !doc_.has(at, kDeterminer | kPreposition)) {
      ++at;
    }
    return at;
  }

  bool first_person(std::uint32_t i) const {
    for (std::uint32_t k = i; k > sentence_->first && i - k < 8; --k) {
      if (doc_.is(k - 1, "i"_w)) return true;
    }
    return false;
  }

  /// "The app is the brainchild of A and B".
  void brainchild(std::uint32_t i) {
    if (!doc_.is(i + 1, "of"_w)) return;
    const PeopleList people = read_people(doc_, i + 2, sentence_->last);
    std::uint32_t organization = kNone;
    for (std::uint32_t k = i; k > sentence_->first && i - k < 4; --k) {
      if (doc_.name_ending(k) == kNone) continue;
      organization = doc_.name_ending(k);
      break;
    }
    add_all(people, organization, i, people.span.last);
  }

  /// "A, who heads up X": a person at X.
  void head_of(std::uint32_t i) {
    static constexpr auto kVerbs =
        std::to_array({"heads"_w, "runs"_w, "leads"_w, "manages"_w, "chairs"_w, "headed"_w});
    if (i < sentence_->first + 2 || !doc_.symbol(i - 1, ',') || !one_of(doc_, i + 1, kVerbs)) {
      return;
    }
    const std::uint32_t person = doc_.name_ending(i - 1);
    std::uint32_t at = doc_.is(i + 2, "up"_w) ? i + 3 : i + 2;
    if (doc_.is(at, "the"_w)) ++at;
    const std::uint32_t firm = at < sentence_->last ? doc_.name_starting(at) : kNone;
    if (person == kNone || firm == kNone || !person_shape(doc_, doc_.names[person])) return;
    add(person, firm, {doc_.names[person].first, doc_.names[firm].last}, false);
  }

  /// "X, where A is a partner", "X, where A will be working with us".
  void where(std::uint32_t i) {
    if (i < sentence_->first + 2 || !doc_.symbol(i - 1, ',')) return;
    const std::uint32_t firm = doc_.name_ending(i - 1);
    const PeopleList people = read_people(doc_, i + 1, sentence_->last);
    if (firm == kNone || people.names.empty() || !doc_.has(people.span.last, kAuxiliary | kVerb)) {
      return;
    }
    for (const std::uint32_t name : people.names) {
      add(name, firm, {doc_.names[firm].first, people.span.last}, false);
    }
  }

  /// "Harbor Capital (Jane Roe)".
  void bracketed(std::uint32_t i) {
    const std::uint32_t firm = i > sentence_->first ? doc_.name_ending(i) : kNone;
    if (firm == kNone || !(doc_.names[firm].fund || doc_.names[firm].firm)) return;
    const PeopleList people = read_people(doc_, i + 1, sentence_->last);
    if (!doc_.symbol(people.span.last, ')')) return;
    for (const std::uint32_t name : people.names) {
      if (!doc_.names[name].person) continue;
      add(name, firm, {doc_.names[firm].first, people.span.last}, false);
    }
  }

  /// "A and B are our partners at X".
  void partners(std::uint32_t i) {
    std::uint32_t at = i + 1;
    while (at < sentence_->last && at - i < 5 && doc_.name_at[at] == kNone &&
           doc_.has(at, kDeterminer | kPartnerRole | kAdjective)) {
      ++at;
    }
    if (at == i + 1 || !doc_.has(at - 1, kPartnerRole)) return;
    if (!doc_.is(at, "at"_w) && !doc_.is(at, "of"_w)) return;
    const std::uint32_t firm = doc_.name_starting(at + 1);
    if (firm == kNone) return;
    const PeopleList people = read_people_before(doc_, sentence_->first, i);
    for (const std::uint32_t name : people.names) {
      add(name, firm, {doc_.names[name].first, doc_.names[firm].last}, false);
    }
  }

  /// Role words at `i` that name a founder: the range's end is the first token behind them.
  TokenRange signed_title(std::uint32_t i, std::uint32_t last, bool& founder) const {
    TokenRange title{i, i};
    founder = false;
    while (i < last && i - title.first < kLongestTitle && doc_.name_at[i] == kNone) {
      const bool role = doc_.has(i, kRole);
      if (!role && !doc_.is(i, "and"_w) && !doc_.symbol(i, '&') && !doc_.symbol(i, '/') &&
          !doc_.symbol(i, ',')) {
        break;
      }
      founder = founder || founder_noun(doc_, i);
      ++i;
      if (role) title.last = i;
    }
    return title;
  }

  /// "- Jane Roe / Co-founder, Acme" and "Jane Roe & Max Moe", the title on the same or the next
  /// line.
  void signature() {
    std::uint32_t i = sentence_->first;
    std::uint32_t last = sentence_->last;
    if (last - i > kLongestSignature || sentence_->kind == BlockKind::kTitle) return;
    while (i < last && doc_.symbol(i, '-')) ++i;
    const PeopleList people = i < last ? read_people(doc_, i, last) : PeopleList{};
    if (people.names.empty()) return;
    i = people.span.last;
    while (i < last && (doc_.symbol(i, ',') || doc_.symbol(i, '/') || doc_.symbol(i, '-') ||
                        doc_.symbol(i, '|'))) {
      ++i;
    }
    if (i == last && number_ + 1 < doc_.sentences.size()) {
      const Sentence& next = doc_.sentences[number_ + 1];
      if (next.last - next.first > kLongestSignature) return;
      i = next.first;
      last = next.last;
    }
    if (i == last) return;
    bool founder = false;
    const TokenRange title = signed_title(i, last, founder);
    if (title.last == title.first) return;
    if (facts_.author == kNone && people.names.size() == 1 && closing()) {
      facts_.author = people.names.front();
    }
    if (!founder) return;
    std::uint32_t at = title.last;
    while (at < last && (doc_.symbol(at, ',') || doc_.is(at, "of"_w) || doc_.is(at, "at"_w))) ++at;
    const std::uint32_t organization = at < last ? doc_.name_starting(at) : kNone;
    for (const std::uint32_t name : people.names) {
      add(name, organization, {people.span.first, title.last}, true, title);
    }
  }

  /// The sentence is among the last of the text.
  bool closing() const { return number_ + 4 >= doc_.sentences.size(); }

  const Document& doc_;
  Facts& facts_;
  std::uint32_t number_ = 0;
  const Sentence* sentence_ = nullptr;
};

}  // namespace

void find_founders(const Document& doc, Facts& facts) { FounderRules(doc, facts).run(); }

}  // namespace graphrail::extract::rules

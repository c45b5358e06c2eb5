#include "extract/rules/people_rules.h"

#include <algorithm>
#include <array>

#include "extract/rules/founder_rules.h"
#include "extract/rules/party_list.h"
#include "extract/rules/party_words.h"
#include "extract/rules/people_list.h"
#include "extract/rules/subject.h"

namespace graphrail::extract::rules {
namespace {

constexpr std::uint32_t kLongestTitle = 10;

class PeopleRules {
 public:
  PeopleRules(const Document& doc, Facts& facts) : doc_(doc), facts_(facts) {}

  void run() {
    for (std::uint32_t s = 0; s < doc_.sentences.size(); ++s) {
      number_ = s;
      sentence_ = &doc_.sentences[s];
      for (std::uint32_t i = sentence_->first; i < sentence_->last; ++i) {
        if (const std::uint32_t name = doc_.name_starting(i); name != kNone) {
          around_name(name);
        } else if (doc_.name_at[i] == kNone && doc_.has(i, kFounder)) {
          founder_word(i);
        } else if (doc_.is(i, "started"_w) || doc_.is(i, "created"_w) ||
                   doc_.is(i, "established"_w) || doc_.is(i, "launched"_w) ||
                   (doc_.is(i, "set"_w) && doc_.is(i + 1, "up"_w))) {
          founded_passive(i);
        } else if (doc_.is(i, "team"_w) || doc_.is(i, "partners"_w)) {
          firm_people(i);
        } else if (doc_.is(i, "i"_w)) {
          author_and(i);
        }
      }
    }
  }

 private:
  struct Title {
    TokenRange range;
    bool founder = false;
    bool any = false;
    std::uint32_t last = 0;
  };

  /// Role words from `i` on: "CEO and co-founder", "Managing Director & Partner".
  Title title_at(std::uint32_t i) const {
    Title title{.range = {i, i}, .last = i};
    while (i < sentence_->last && i - title.range.first < kLongestTitle) {
      const bool joins =
          title.any && (doc_.is(i, "and"_w) || doc_.symbol(i, '&') || doc_.symbol(i, '/') ||
                        doc_.symbol(i, '-') || doc_.symbol(i, ','));
      if (joins && !(i + 1 < sentence_->last && doc_.has(i + 1, kRole))) break;
      const bool role = doc_.has(i, kRole) && doc_.name_at[i] == kNone;
      if (!role && !joins && !(modifies(i) && title_follows(i))) break;
      title.founder = title.founder || (role && doc_.has(i, kFounder) && !founding_employee(i));
      title.any = title.any || role;
      ++i;
      if (role) title.range.last = title.last = i;
    }
    return title;
  }

  bool modifies(std::uint32_t i) const {
    return doc_.tokens[i].kind == TokenKind::kWord && doc_.name_at[i] == kNone &&
           doc_.has(i, kDeterminer | kAdjective | kAdverb | kCompanyNoun | kCommonNoun | kFirmNoun |
                           kModifier);
  }

  bool title_follows(std::uint32_t i) const {
    for (std::uint32_t k = i + 1; k < std::min(i + 4, sentence_->last); ++k) {
      if (doc_.has(k, kRole) && doc_.name_at[k] == kNone) return true;
      if (!modifies(k)) return false;
    }
    return false;
  }

  /// "Founding Engineer" founded nothing.
  bool founding_employee(std::uint32_t i) const { return doc_.is(i, "founding"_w); }

  void add(std::uint32_t person, std::uint32_t organization, const Title& title,
           TokenRange evidence) {
    Affiliation fact{.person = person, .organization = organization};
    fact.founder = title.founder;
    fact.sentence = number_;
    fact.title = title.range;
    fact.evidence = evidence;
    facts_.affiliations.push_back(fact);
  }

  void around_name(std::uint32_t index) {
    const Name& name = doc_.names[index];
    if (!person_shape(doc_, name)) return;
    if (!title_after(index) && !signature(index)) plain_connector(index);
    title_before(index);
    own_firm(index);
  }

  /// "Bigshop veteran A's Harbor Ventures".
  void own_firm(std::uint32_t index) {
    const Name& name = doc_.names[index];
    if (!doc_.is(name.last, "'s"_w) || name.last + 1 >= sentence_->last) return;
    if (name.first == sentence_->first || !doc_.has(name.first - 1, kRole)) return;
    const std::uint32_t firm = doc_.name_starting(name.last + 1);
    if (firm == kNone || !doc_.names[firm].fund) return;
    add(index, firm, Title{.range = {name.last, name.last}}, {name.first, doc_.names[firm].last});
  }

  /// "A, Partner at X", "A (GP at X)", "A - CEO, X", "(A) as CEO and founder".
  bool title_after(std::uint32_t index) {
    const Name& name = doc_.names[index];
    std::uint32_t i = name.last;
    if (doc_.symbol(i, ')')) ++i;
    i = past_degree(doc_, i, sentence_->last);
    const bool opened = doc_.symbol(i, '(');
    const bool comma =
        doc_.symbol(i, ',') || doc_.symbol(i, '-') || doc_.symbol(i, ':') || doc_.symbol(i, '|');
    const bool copula = doc_.is(i, "as"_w) || doc_.is(i, "is"_w) || doc_.is(i, "was"_w);
    if (!opened && !comma && !copula) return false;
    ++i;
    while (i < sentence_->last && (doc_.has(i, kDeterminer) || doc_.symbol(i, '-'))) ++i;
    if (opened && organization_first(index, i)) return true;
    const Title title = title_at(i);
    if (!title.any) return false;
    const std::uint32_t organization = organization_after(title.last, opened || comma);
    if (organization == kNone && copula && !title.founder) return false;
    if (organization == kNone && of_another(title.last)) return false;
    // "A, co-founder B": the title belongs to the next name.
    if (organization == kNone && title.last < sentence_->last &&
        doc_.name_starting(title.last) != kNone) {
      return false;
    }
    const std::uint32_t end = organization == kNone ? title.last : doc_.names[organization].last;
    add(index, organization, title, {name.first, end});
    return true;
  }

  /// "co-founder of ride-sharing giant Acme", "founder of a rival": not the company's own.
  bool of_another(std::uint32_t i) const {
    if (!doc_.is(i, "of"_w) && !doc_.is(i, "at"_w)) return false;
    static constexpr auto kOwn =
        std::to_array({"the"_w, "this"_w, "our"_w, "it"_w, "its"_w, "both"_w});
    return i + 1 < sentence_->last && doc_.tokens[i + 1].kind == TokenKind::kWord &&
           std::find(kOwn.begin(), kOwn.end(), doc_.tokens[i + 1].hash) == kOwn.end();
  }

  /// "(Acme co-founder)".
  bool organization_first(std::uint32_t person, std::uint32_t i) {
    const std::uint32_t organization = i < sentence_->last ? doc_.name_starting(i) : kNone;
    if (organization == kNone) return false;
    const Title title = title_at(doc_.names[organization].last);
    if (!title.any && !doc_.names[person].person) return true;
    add(person, organization, title,
        {doc_.names[person].first, std::max(title.last, doc_.names[organization].last)});
    return true;
  }

  /// The organisation a title speaks of: "at X", "of the X", ", X" and right behind it.
  std::uint32_t organization_after(std::uint32_t i, bool loose) const {
    static constexpr auto kConnectors =
        std::to_array({"at"_w, "of"_w, "with"_w, "from"_w, "for"_w, "in"_w});
    std::uint32_t at = i;
    const bool connector =
        std::find(kConnectors.begin(), kConnectors.end(),
                  at < doc_.tokens.size() ? doc_.tokens[at].hash : 0) != kConnectors.end();
    const bool comma = doc_.symbol(at, ',') || doc_.symbol(at, '?') || doc_.symbol(at, '-');
    if (connector || (loose && comma)) ++at;
    if (connector && doc_.is(at, "the"_w)) ++at;
    for (unsigned words = 0; connector && words < 4 && at < sentence_->last; ++words, ++at) {
      if (doc_.name_starting(at) != kNone || doc_.tokens[at].kind != TokenKind::kWord ||
          !(doc_.has(at, kAdjective | kCompanyNoun | kCommonNoun | kFirmNoun | kDemonym) ||
            (doc_.tokens[at].classes == 0 && doc_.lower_word(at)))) {
        break;
      }
    }
    if (at >= sentence_->last) return kNone;
    const std::uint32_t name = doc_.name_starting(at);
    if (name == kNone || doc_.names[name].person) return kNone;
    // Without a connector a comma may also go on with a list of people.
    if (!connector && comma && finite_verb(doc_, doc_.names[name].last)) return kNone;
    return name;
  }

  /// "Jane Roe from Harbor Ventures".
  void plain_connector(std::uint32_t index) {
    const Name& name = doc_.names[index];
    const std::uint32_t i = name.last;
    if (!doc_.is(i, "of"_w) && !doc_.is(i, "from"_w) && !doc_.is(i, "at"_w)) return;
    if (sentence_->title_case && !name.person) return;
    const std::uint32_t organization = organization_after(i, false);
    if (organization == kNone) return;
    add(index, organization, Title{.range = {i, i}}, {name.first, doc_.names[organization].last});
    pair_at(name, organization);
  }

  /// "Jane Roe and Max Moe at Harbor Ventures": both of them, unless Jane Roe is from elsewhere.
  void pair_at(const Name& second, std::uint32_t organization) {
    const std::uint32_t end = second.first;
    if (!second.person || end < sentence_->first + 2 || !doc_.is(end - 1, "and"_w)) return;
    const std::uint32_t person = doc_.name_ending(end - 1);
    if (person == kNone || !person_shape(doc_, doc_.names[person])) return;
    const std::uint32_t first = doc_.names[person].first;
    if (first > sentence_->first && doc_.has(first - 1, kPreposition) &&
        !doc_.is(first - 1, "to"_w) && !doc_.is(first - 1, "with"_w) &&
        !doc_.is(first - 1, "by"_w)) {
      return;
    }
    add(person, organization, Title{.range = {second.last, second.last}},
        {first, doc_.names[organization].last});
  }

  /// "co-founder and CEO A", "X partner A", "X's A", "Partner A of X".
  void title_before(std::uint32_t index) {
    const Name& name = doc_.names[index];
    std::uint32_t i = name.first;
    bool role = false;
    bool founder = false;
    TokenRange range{i, i};
    while (i > sentence_->first && name.first - i < kLongestTitle) {
      const std::uint32_t k = i - 1;
      if (doc_.name_at[k] != kNone) break;
      const bool joins = role && (doc_.is(k, "and"_w) || doc_.symbol(k, '&'));
      if (!doc_.has(k, kRole) && !joins) break;
      if (joins && !(k > sentence_->first && doc_.has(k - 1, kRole))) break;
      role = role || doc_.has(k, kRole);
      founder = founder || (doc_.has(k, kFounder) && !founding_employee(k));
      i = k;
      range.first = k;
    }
    if (!role && !doc_.is(i - 1, "'s"_w)) return;
    std::uint32_t organization = kNone;
    std::uint32_t first = range.first;
    if (i > sentence_->first) {
      const std::uint32_t end = doc_.is(i - 1, "'s"_w) ? i - 1 : i;
      organization = doc_.name_ending(end);
      if (organization != kNone) first = doc_.names[organization].first;
    }
    if (organization == kNone && role) {
      organization = doc_.is(name.last, "of"_w) || doc_.is(name.last, "at"_w)
                         ? organization_after(name.last, false)
                         : kNone;
    }
    if (organization == kNone && !founder) return;
    Title title{.range = range, .founder = founder, .any = role};
    add(index, organization, title, {std::min(first, name.first), name.last});
  }

  /// "founded by A and B", "A and B founded X", "founders A and B".
  void founder_word(std::uint32_t i) {
    const bool verb =
        doc_.is(i, "founded"_w) || doc_.is(i, "co-founded"_w) || doc_.is(i, "cofounded"_w);
    if (verb) {
      founded(i);
      return;
    }
    const bool plural =
        doc_.is(i, "founders"_w) || doc_.is(i, "co-founders"_w) || doc_.is(i, "cofounders"_w);
    if (!plural && !doc_.is(i, "co-founder"_w) && !doc_.is(i, "founder"_w)) return;
    const bool of = doc_.has(i + 1, kPreposition);
    if (of) return;
    const bool his = i > sentence_->first && (doc_.is(i - 1, "his"_w) || doc_.is(i - 1, "her"_w));
    const bool apposed = plural && i > sentence_->first && doc_.has(i - 1, kDeterminer);
    const std::uint32_t list = doc_.symbol(i + 1, ',') && (his || apposed) ? i + 2 : i + 1;
    const PartyList people = read_party_list(doc_, list, sentence_->last, true);
    if (his) partner_of_pronoun(i, people);
    std::uint32_t organization = doc_.name_ending(i);
    if (doc_.is(i - 1, "'s"_w) && i > sentence_->first) organization = doc_.name_ending(i - 1);
    add_founders(people, organization, i, plural ? people.parties.size() : 1);
  }

  /// "He and his co-founder B": the person of the sentence before is a founder too.
  void partner_of_pronoun(std::uint32_t i, const PartyList& people) {
    if (people.parties.empty() || number_ == 0 || i < sentence_->first + 3) return;
    if (!doc_.is(i - 2, "and"_w) || !(doc_.is(i - 3, "he"_w) || doc_.is(i - 3, "she"_w))) return;
    const std::uint32_t person = doc_.name_starting(doc_.sentences[number_ - 1].first);
    if (person == kNone || !person_shape(doc_, doc_.names[person])) return;
    add(person, kNone, Title{.range = {i, i}, .founder = true},
        {doc_.names[person].first, people.last});
  }

  /// "Acme was started in 2018 by A and B". False when no "by" follows.
  bool founded_passive(std::uint32_t i) {
    std::uint32_t by = i + 1;
    for (; by < std::min(i + 6, sentence_->last) && !doc_.is(by, "by"_w); ++by) {
      if (doc_.name_at[by] != kNone) return false;
    }
    if (by >= sentence_->last || !doc_.is(by, "by"_w)) return false;
    const Subject subject = find_subject(doc_, *sentence_, i, false);
    const std::uint32_t organization =
        subject.kind == SubjectKind::kNames ? subject.names.back() : described(i);
    const PartyList people = read_party_list(doc_, by + 1, sentence_->last, true);
    add_founders(people, organization, organization == kNone ? i : subject.first,
                 people.parties.size());
    return true;
  }

  /// "Acme, the Oslo-based studio founded by": the name before the description, or kNone.
  std::uint32_t described(std::uint32_t i) const {
    constexpr std::uint32_t kReach = 12;
    for (std::uint32_t k = i; k > sentence_->first + 1 && i - k < kReach; --k) {
      if (doc_.symbol(k - 1, ',')) {
        return doc_.has(k, kDeterminer) ? doc_.name_ending(k - 1) : kNone;
      }
      const bool place = doc_.is(k, "-based"_w) || doc_.has(k - 1, kDemonym | kPlace);
      if (doc_.has(k - 1, kPronoun | kAuxiliary | kPreposition)) return kNone;
      if (doc_.name_at[k - 1] != kNone && !place && doc_.name_ending(k) != kNone &&
          doc_.names[doc_.name_at[k - 1]].person) {
        return kNone;
      }
    }
    return kNone;
  }

  void founded(std::uint32_t i) {
    if (founded_passive(i)) return;
    const Subject subject = find_subject(doc_, *sentence_, i, true);
    if (subject.kind != SubjectKind::kNames) return;
    const PartyList object = read_party_list(doc_, i + 1, sentence_->last, false);
    std::uint32_t organization = kNone;
    if (!object.parties.empty()) {
      organization = object.parties.front().name;
    } else if (!doc_.is(i + 1, "the"_w) && !doc_.is(i + 1, "it"_w)) {
      return;
    }
    for (const std::uint32_t person : subject.names) {
      if (doc_.names[person].firm) continue;
      const Title title{.range = {i, i}, .founder = true};
      add(person, organization, title,
          {doc_.names[person].first, object.parties.empty() ? i + 2 : object.last});
    }
    // "founded Acme with B".
    const std::uint32_t with = object.parties.empty() ? i + 2 : object.parties.front().last;
    if (!doc_.is(with, "with"_w)) return;
    const PartyList others = read_party_list(doc_, with + 1, sentence_->last, true);
    add_founders(others, organization, i, others.parties.size());
  }

  void add_founders(const PartyList& people, std::uint32_t organization, std::uint32_t from,
                    std::size_t count) {
    for (std::size_t p = 0; p < std::min(count, people.parties.size()); ++p) {
      const Party& party = people.parties[p];
      if (!person_shape(doc_, doc_.names[party.name])) continue;
      const Title title{.range = {from, from}, .founder = true};
      add(party.name, organization, title,
          {std::min(from, doc_.names[party.name].first), party.last});
    }
  }

  /// "A is a firm with a team led by B and C, alongside partners including D": people of A.
  void firm_people(std::uint32_t i) {
    std::uint32_t list = kNone;
    if (doc_.is(i, "team"_w) && doc_.is(i + 1, "led"_w) && doc_.is(i + 2, "by"_w)) list = i + 3;
    if (doc_.is(i, "partners"_w) && (doc_.is(i + 1, "including"_w) || doc_.is(i + 1, "like"_w))) {
      list = i + 2;
    }
    const std::uint32_t firm = doc_.name_starting(sentence_->first);
    if (list == kNone || list >= sentence_->last || firm == kNone || doc_.names[firm].person)
      return;
    while (list < sentence_->last && doc_.symbol(list, ',')) ++list;
    const PartyList people = read_party_list(doc_, list, sentence_->last, true);
    for (const Party& party : people.parties) {
      if (!person_shape(doc_, doc_.names[party.name])) continue;
      add(party.name, firm, Title{.range = {i, i}}, {doc_.names[firm].first, party.last});
    }
  }

  /// "A and I left X to start this company": A and the author founded the company.
  void author_and(std::uint32_t i) {
    if (i < sentence_->first + 2 || !doc_.is(i - 1, "and"_w)) return;
    const std::uint32_t person = doc_.name_ending(i - 1);
    if (person == kNone || !person_in_list(doc_, doc_.names[person])) return;
    for (std::uint32_t k = i + 1; k < std::min(i + 10, sentence_->last); ++k) {
      const bool start = doc_.is(k, "start"_w) || doc_.is(k, "started"_w) ||
                         doc_.is(k, "found"_w) || doc_.has(k, kFounder);
      if (!start) continue;
      const TokenRange evidence{doc_.names[person].first, std::min(k + 3, sentence_->last)};
      add(person, kNone, Title{.range = {i, i}, .founder = true}, evidence);
      if (facts_.author_founded.last == 0) facts_.author_founded = evidence;
      return;
    }
  }

  /// "Jane Roe / CEO, Acme" at the end of a post.
  bool signature(std::uint32_t index) {
    const Name& name = doc_.names[index];
    const bool alone = name.first == sentence_->first && sentence_->last - sentence_->first <= 10;
    if (!alone || !name.person) return false;
    const Title title = title_at(name.last);
    if (!title.any) return false;
    const std::uint32_t organization = organization_after(title.last, true);
    if (facts_.author == kNone) facts_.author = index;
    add(index, organization, title, {name.first, title.last});
    return true;
  }

  const Document& doc_;
  Facts& facts_;
  std::uint32_t number_ = 0;
  const Sentence* sentence_ = nullptr;
};

}  // namespace

void find_people(const Document& doc, Facts& facts) {
  PeopleRules(doc, facts).run();
  find_founders(doc, facts);
  if (facts.author == kNone || facts.author_founded.last == 0) return;
  facts.affiliations.push_back({.person = facts.author,
                                .organization = kNone,
                                .founder = true,
                                .sentence = 0,
                                .title = {},
                                .evidence = facts.author_founded});
}

}  // namespace graphrail::extract::rules

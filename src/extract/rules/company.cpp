#include "extract/rules/company.h"

#include <algorithm>

#include "extract/rules/people_list.h"

namespace graphrail::extract::rules {
namespace {

// Weights of the signs that a name is the company: owning a round says most.
constexpr double kOwnsRound = 6;
constexpr double kOwnsRoundInTitle = 3;
constexpr double kInvestedIn = 5;
constexpr double kInTitle = 3;
constexpr double kDefined = 2;
constexpr double kAboutHeading = 4;
constexpr double kAtWe = 4;
constexpr double kFounded = 2;
constexpr double kAnnounces = 1.5;
constexpr double kLedByRole = 0.5;
constexpr double kIntroduced = 1.5;
constexpr double kNamedCompany = 4;
constexpr double kPerMention = 0.5;
constexpr std::uint32_t kMostMentions = 8;
constexpr double kFund = -4;
constexpr double kInvestor = -6;
constexpr double kOnlyInHeadlines = -6;
constexpr double kLeast = 2;

class Chooser {
 public:
  Chooser(const Document& doc, const Facts& facts, const Entities& entities)
      : doc_(doc), facts_(facts), entities_(entities), scores_(entities.size(), 0.0) {}

  std::uint32_t run() {
    in_text_.assign(entities_.size(), false);
    for (std::uint32_t n = 0; n < doc_.names.size(); ++n) {
      if (!doc_.sentences[doc_.names[n].sentence].title_case) in_text_[entities_.of_name(n)] = true;
    }
    from_facts();
    for (std::uint32_t n = 0; n < doc_.names.size(); ++n) from_place(n);
    std::uint32_t best = kNone;
    for (std::uint32_t e = 0; e < scores_.size(); ++e) {
      const Entity& entity = entities_[e];
      if (entity.person) continue;
      scores_[e] += kPerMention * std::min(entity.count, kMostMentions);
      if (entity.fund) scores_[e] += kFund;
      if (owned_in_text_ && !in_text_[e]) scores_[e] += kOnlyInHeadlines;
      if (scores_[e] >= kLeast && (best == kNone || scores_[e] > scores_[best])) best = e;
    }
    return best == kNone && authors_round() ? first_named() : best;
  }

 private:
  /// "we've closed our Series A": the company is the author's.
  bool authors_round() const {
    return std::any_of(facts_.rounds.begin(), facts_.rounds.end(), [](const RoundMention& m) {
      return m.owner == OwnerKind::kFirstPerson && m.event && !m.suppressed && !m.total;
    });
  }

  /// The first name of the text that is neither a person nor an investor, before the author's round
  /// or not far behind it.
  std::uint32_t first_named() const {
    constexpr std::uint32_t kReach = 40;
    for (std::uint32_t n = 0; n < doc_.names.size() && n < kReach; ++n) {
      const std::uint32_t e = entities_.of_name(n);
      const bool person = entities_[e].person || person_shape(doc_, doc_.names[n]);
      const bool plain = !person && !entities_[e].fund && scores_[e] > 0;
      if (plain && in_text_[e]) return e;
    }
    return kNone;
  }

  void add(std::uint32_t name, double score) {
    if (name != kNone) scores_[entities_.of_name(name)] += score;
  }

  void from_facts() {
    for (const InvestorFact& fact : facts_.investors) {
      investors_.push_back(entities_.of_name(fact.investor));
    }
    std::sort(investors_.begin(), investors_.end());
    for (const Classification& fact : facts_.classifications) {
      if (!fact.focus) add(fact.name, kDefined);
    }
    for (const RoundMention& mention : facts_.rounds) {
      if (mention.owner != OwnerKind::kName || mention.suppressed) continue;
      add(mention.owner_name, mention.event ? kOwnsRound : kOwnsRound / 2);
      const bool title = doc_.sentences[mention.sentence].kind == BlockKind::kTitle;
      if (title) add(mention.owner_name, kOwnsRoundInTitle);
      if (!doc_.sentences[mention.sentence].title_case) owned_in_text_ = true;
    }
    for (const InvestorFact& fact : facts_.investors) {
      add(fact.project, kInvestedIn);
      add(fact.investor, kInvestor);
    }
    for (const Affiliation& affiliation : facts_.affiliations) {
      if (affiliation.founder && !invests(affiliation.person))
        add(affiliation.organization, kFounded);
    }
  }

  bool invests(std::uint32_t person) const {
    const std::uint32_t entity = entities_.of_name(person);
    return std::binary_search(investors_.begin(), investors_.end(), entity);
  }

  void from_place(std::uint32_t n) {
    const Name& name = doc_.names[n];
    const Sentence& sentence = doc_.sentences[name.sentence];
    if (sentence.kind == BlockKind::kTitle) add(n, kInTitle);
    if (introduced(name, sentence)) add(n, kIntroduced);
    if (name.first > sentence.first + 2 && named_as_company(name.first)) add(n, kNamedCompany);
    if (sentence.kind == BlockKind::kHeading && name.first > sentence.first &&
        (doc_.is(name.first - 1, "about"_w) || doc_.is(name.first - 1, "is"_w))) {
      add(n, kAboutHeading);
    }
    if (doc_.is(name.last, "is"_w) && name.first == sentence.first &&
        (doc_.is(name.last + 1, "a"_w) || doc_.is(name.last + 1, "an"_w) ||
         doc_.is(name.last + 1, "the"_w) || doc_.is(name.last + 1, "building"_w))) {
      add(n, kDefined);
    }
    if (name.first > sentence.first + 1 && doc_.is(name.first - 1, "of"_w) &&
        doc_.has(name.first - 2, kRole)) {
      add(n, kLedByRole);
    }
    if (signs_or_began(name, sentence)) add(n, kNamedCompany);
    if (announces(name.last)) add(n, kAnnounces);
    if (started_by_us(name.first)) add(n, kNamedCompany);
    if (name.first > sentence.first && doc_.is(name.first - 1, "at"_w)) {
      if (name.first > sentence.first + 1 &&
          (doc_.is(name.first - 2, "we"_w) || doc_.is(name.first - 2, "here"_w))) {
        add(n, kAtWe);
      }
      std::uint32_t i = name.last;
      if (doc_.symbol(i, ',')) ++i;
      if (doc_.is(i, "we"_w) || doc_.is(i, "our"_w)) add(n, kAtWe);
    }
  }

  /// "Blockchain startup Acme" at the beginning of a sentence.
  bool introduced(const Name& name, const Sentence& sentence) const {
    constexpr std::uint32_t kReach = 5;
    if (name.first <= sentence.first || name.first > sentence.first + kReach) return false;
    return doc_.lower_word(name.first - 1) &&
           (doc_.is(name.first - 1, "startup"_w) || doc_.is(name.first - 1, "start-up"_w));
  }

  /// "The Acme Team" as a signature, "Acme began as a side project".
  bool signs_or_began(const Name& name, const Sentence& sentence) const {
    const std::uint32_t i = name.last;
    const bool opens = name.first <= sentence.first + 1;
    if (opens && doc_.is(i + 1, "as"_w) && (doc_.is(i, "began"_w) || doc_.is(i, "started"_w))) {
      return true;
    }
    const bool ends = i + 2 >= sentence.last && doc_.is(i, "team"_w);
    return opens && ends && (name.first == sentence.first || doc_.is(name.first - 1, "the"_w));
  }

  /// "Acme is proud to announce".
  bool announces(std::uint32_t i) const {
    for (std::uint32_t k = i; k < std::min<std::size_t>(i + 6, doc_.tokens.size()); ++k) {
      if (doc_.has(k, kAnnounce)) return doc_.tokens[k].hash != "said"_w;
      if (doc_.tokens[k].kind != TokenKind::kWord || doc_.tokens[k].capital) return false;
    }
    return false;
  }

  /// "we started Acme".
  bool started_by_us(std::uint32_t i) const {
    return i > 1 && (doc_.is(i - 2, "we"_w) || doc_.is(i - 2, "i"_w)) &&
           (doc_.is(i - 1, "started"_w) || doc_.is(i - 1, "founded"_w) ||
            doc_.is(i - 1, "built"_w) || doc_.is(i - 1, "launched"_w) ||
            doc_.is(i - 1, "created"_w));
  }

  /// "their company, Acme" and "our startup Acme".
  bool named_as_company(std::uint32_t i) const {
    const std::uint32_t noun = doc_.symbol(i - 1, ',') ? i - 2 : i - 1;
    return noun > 0 && doc_.has(noun, kCompanyNoun) &&
           (doc_.is(noun - 1, "their"_w) || doc_.is(noun - 1, "our"_w) ||
            doc_.is(noun - 1, "my"_w) || doc_.is(noun - 1, "his"_w) || doc_.is(noun - 1, "her"_w));
  }

  const Document& doc_;
  const Facts& facts_;
  const Entities& entities_;
  std::vector<std::uint32_t> investors_;
  std::vector<double> scores_;
  /// Entities that running text names, and whether it names the owner of a round.
  std::vector<bool> in_text_;
  bool owned_in_text_ = false;
};

}  // namespace

std::uint32_t choose_company(const Document& doc, const Facts& facts, const Entities& entities) {
  return Chooser(doc, facts, entities).run();
}

}  // namespace graphrail::extract::rules

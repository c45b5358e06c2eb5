#include "extract/rules/company.h"

#include <algorithm>

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
constexpr double kPerMention = 0.5;
constexpr std::uint32_t kMostMentions = 8;
constexpr double kFirm = -4;
constexpr double kInvestor = -6;
constexpr double kLeast = 2;

class Chooser {
 public:
  Chooser(const Document& doc, const Facts& facts, const Entities& entities)
      : doc_(doc), facts_(facts), entities_(entities), scores_(entities.size(), 0.0) {}

  std::uint32_t run() {
    from_facts();
    for (std::uint32_t n = 0; n < doc_.names.size(); ++n) from_place(n);
    std::uint32_t best = kNone;
    for (std::uint32_t e = 0; e < scores_.size(); ++e) {
      const Entity& entity = entities_[e];
      if (entity.person) continue;
      scores_[e] += kPerMention * std::min(entity.count, kMostMentions);
      if (entity.firm) scores_[e] += kFirm;
      if (scores_[e] >= kLeast && (best == kNone || scores_[e] > scores_[best])) best = e;
    }
    return best;
  }

 private:
  void add(std::uint32_t name, double score) {
    if (name != kNone) scores_[entities_.of_name(name)] += score;
  }

  void from_facts() {
    for (const RoundMention& mention : facts_.rounds) {
      if (mention.owner != OwnerKind::kName || mention.suppressed) continue;
      add(mention.owner_name, mention.event ? kOwnsRound : kOwnsRound / 2);
      const bool title = doc_.sentences[mention.sentence].kind == BlockKind::kTitle;
      if (title) add(mention.owner_name, kOwnsRoundInTitle);
    }
    for (const InvestorFact& fact : facts_.investors) {
      add(fact.project, kInvestedIn);
      add(fact.investor, kInvestor);
    }
    for (const Affiliation& affiliation : facts_.affiliations) {
      if (affiliation.founder) add(affiliation.organization, kFounded);
    }
  }

  void from_place(std::uint32_t n) {
    const Name& name = doc_.names[n];
    const Sentence& sentence = doc_.sentences[name.sentence];
    if (sentence.kind == BlockKind::kTitle) add(n, kInTitle);
    if (sentence.kind == BlockKind::kHeading && name.first > sentence.first &&
        (doc_.is(name.first - 1, "about"_w) || doc_.is(name.first - 1, "is"_w))) {
      add(n, kAboutHeading);
    }
    if (doc_.is(name.last, "is"_w) && name.first == sentence.first &&
        (doc_.is(name.last + 1, "a"_w) || doc_.is(name.last + 1, "an"_w) ||
         doc_.is(name.last + 1, "the"_w) || doc_.is(name.last + 1, "building"_w))) {
      add(n, kDefined);
    }
    if (name.first > sentence.first && doc_.is(name.first - 1, "at"_w)) {
      std::uint32_t i = name.last;
      if (doc_.symbol(i, ',')) ++i;
      if (doc_.is(i, "we"_w) || doc_.is(i, "our"_w)) add(n, kAtWe);
    }
  }

  const Document& doc_;
  const Facts& facts_;
  const Entities& entities_;
  std::vector<double> scores_;
};

}  // namespace

std::uint32_t choose_company(const Document& doc, const Facts& facts, const Entities& entities) {
  return Chooser(doc, facts, entities).run();
}

}  // namespace graphrail::extract::rules

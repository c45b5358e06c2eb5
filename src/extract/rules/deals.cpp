#include "extract/rules/deals.h"

#include <algorithm>

#include "extract/rules/company.h"
#include "extract/rules/round_lookup.h"
#include "extract/rules/round_table.h"

namespace graphrail::extract::rules {
namespace {

class Resolver {
 public:
  Resolver(const Document& doc, const Facts& facts, const Entities& entities)
      : doc_(doc), facts_(facts), entities_(entities), table_(doc, facts, deals_.rounds) {}

  Deals run() {
    deals_.company = choose_company(doc_, facts_, entities_);
    crowdsale_only_ = facts_.crowdsale && !round_beside_crowdsale();
    find_guesses();
    assign_projects();
    make_rounds();
    for (const InvestorFact& fact : facts_.investors) add_stake(fact);
    name_unnamed_lead();
    drop_weaker();
    return std::move(deals_);
  }

 private:
  bool dead(const RoundMention& mention) const { return mention.suppressed || crowdsale_only_; }

  /// A token sale's text may still state a venture round in so many words.
  bool round_beside_crowdsale() const {
    return std::any_of(facts_.rounds.begin(), facts_.rounds.end(), [](const RoundMention& m) {
      return !m.suppressed && m.event && (m.stage != kNone || m.round_noun);
    });
  }

  /// Entities that no sentence of the running text names, while it names the company: a guess from
  /// the capitals of a headline gives way to it.
  void find_guesses() {
    std::vector<bool> body(entities_.size(), false);
    for (std::uint32_t n = 0; n < doc_.names.size(); ++n) {
      const Sentence& sentence = doc_.sentences[doc_.names[n].sentence];
      if (!sentence.title_case) body[entities_.of_name(n)] = true;
    }
    guess_.assign(entities_.size(), false);
    if (deals_.company == kNone || !body[deals_.company]) return;
    for (std::uint32_t e = 0; e < entities_.size(); ++e) guess_[e] = !body[e];
  }

  /// Walks the text once, keeping the company that is being spoken of.
  void assign_projects() {
    std::uint32_t current = kNone;
    project_of_mention_.assign(facts_.rounds.size(), kNone);
    for (std::uint32_t s = 0; s < doc_.sentences.size(); ++s) {
      const std::uint32_t first = facts_.rounds_of_sentence[s];
      const std::uint32_t last = facts_.rounds_of_sentence[s + 1];
      for (std::uint32_t m = first; m < last; ++m) {
        const RoundMention& mention = facts_.rounds[m];
        if (mention.owner != OwnerKind::kName) continue;
        const std::uint32_t owner = entities_.of_name(mention.owner_name);
        const bool title = doc_.sentences[s].kind == BlockKind::kTitle;
        current = title && guess_[owner] ? deals_.company : owner;
        project_of_mention_[m] = current;
      }
      for (std::uint32_t m = first; m < last; ++m) {
        if (project_of_mention_[m] != kNone) continue;
        const bool first_person = facts_.rounds[m].owner == OwnerKind::kFirstPerson;
        const bool own = first_person || current == kNone;
        project_of_mention_[m] = own ? deals_.company : current;
      }
      current_.push_back(current);
    }
  }

  void make_rounds() {
    round_of_mention_.assign(facts_.rounds.size(), kNone);
    for (std::uint32_t m = 0; m < facts_.rounds.size(); ++m) {
      const RoundMention& mention = facts_.rounds[m];
      if (!mention.event || dead(mention) || project_of_mention_[m] == kNone) continue;
      if (mention.total) continue;
      round_of_mention_[m] = table_.add(project_of_mention_[m], m);
    }
    for (std::uint32_t m = 0; m < facts_.rounds.size(); ++m) {
      const RoundMention& mention = facts_.rounds[m];
      if (!mention.total || dead(mention) || project_of_mention_[m] == kNone) continue;
      const std::uint32_t project = project_of_mention_[m];
      const bool only = table_.current(project) == kNone && !mention.lifetime;
      if (only && mention.verb != kNone) {
        round_of_mention_[m] = table_.add(project, m);
      } else {
        deals_.totals.push_back({project, mention.money});
      }
    }
  }

  /// The one stated, current round of the mention's sentence when the mention only refers.
  std::uint32_t stated_beside(std::uint32_t m) const {
    const std::uint32_t sentence = facts_.rounds[m].sentence;
    std::uint32_t found = kNone;
    for (std::uint32_t k = facts_.rounds_of_sentence[sentence];
         k < facts_.rounds_of_sentence[sentence + 1] && k < m + 4; ++k) {
      if (round_of_mention_[k] == kNone || facts_.rounds[k].earlier) continue;
      if (found != kNone && found != round_of_mention_[k]) return kNone;
      found = round_of_mention_[k];
    }
    return found;
  }

  std::uint32_t project_of(const InvestorFact& fact) const {
    if (fact.project != kNone) return entities_.of_name(fact.project);
    if (fact.round != kNone && project_of_mention_[fact.round] != kNone) {
      return project_of_mention_[fact.round];
    }
    const std::uint32_t current = current_[fact.sentence];
    return current != kNone ? current : deals_.company;
  }

  void add_stake(const InvestorFact& fact) {
    const std::uint32_t investor = entities_.of_name(fact.investor);
    const std::uint32_t project = project_of(fact);
    if (project == kNone || project == investor) return;
    if (fact.round != kNone && dead(facts_.rounds[fact.round])) return;
    if (crowdsale_only_) return;
    if (fact.weak && table_.current(project) == kNone) return;
    const bool unbound = fact.round == kNone && fact.project == kNone && !fact.to_project;
    if (unbound && facts_.rounds.empty()) return;
    Stake stake{.investor = investor, .round = kNone, .project = project};
    stake.led = fact.relation == InvestorRelation::kLed;
    stake.angel = fact.angel;
    stake.evidence = fact.evidence;
    if (!fact.to_project) stake.round = round_for(fact, project);
    if (stake.round != kNone) stake.project = deals_.rounds[stake.round].project;
    if (stake.project == investor) return;
    deals_.stakes.push_back(stake);
  }

  std::uint32_t round_for(const InvestorFact& fact, std::uint32_t project) {
    if (fact.round != kNone) {
      if (round_of_mention_[fact.round] != kNone) return round_of_mention_[fact.round];
      if (!facts_.rounds[fact.round].event) {
        if (const std::uint32_t beside = stated_beside(fact.round); beside != kNone) return beside;
      }
    }
    const std::uint32_t current = table_.current(project);
    const bool new_event = fact.round != kNone && !facts_.rounds[fact.round].event &&
                           !facts_.rounds[fact.round].earlier;
    if (current != kNone && deals_.rounds[current].earlier && new_event) return kNone;
    if (current != kNone) return current;
    if (fact.round == kNone) return kNone;
    const bool event = fact.relation == InvestorRelation::kLed || dated(fact.sentence);
    return event ? table_.add_bare(project, fact.round) : kNone;
  }

  bool dated(std::uint32_t s) const {
    const Sentence& sentence = doc_.sentences[s];
    for (std::uint32_t i = sentence.first; i + 1 < sentence.last; ++i) {
      if (doc_.has(i, kMonth) && doc_.tokens[i].capital &&
          (doc_.tokens[i + 1].kind == TokenKind::kNumber || doc_.is(i + 1, "of"_w))) {
        return true;
      }
    }
    return false;
  }

  /// "led by a Japanese investment fund … the funds from investment fund Harbor": the only named
  /// investor described by the same noun is the one that led.
  void name_unnamed_lead() {
    if (facts_.unnamed_lead == kNone || facts_.unnamed_lead_round == kNone) return;
    const std::uint64_t noun = doc_.tokens[facts_.unnamed_lead].hash;
    Stake* only = nullptr;
    for (Stake& stake : deals_.stakes) {
      if (stake.led || stake.round == kNone) return;
      for (std::uint32_t i = stake.evidence.first; i < stake.evidence.last; ++i) {
        if (doc_.tokens[i].hash != noun) continue;
        if (doc_.name_starting(i + 1) == kNone) continue;
        if (only != nullptr && only->investor != stake.investor) return;
        only = &stake;
      }
    }
    if (only != nullptr) only->led = true;
  }

  /// A lead is not listed as a participant too, and a stake in the company gives way to a stake
  /// in one of its rounds.
  void drop_weaker() {
    std::vector<Stake> kept;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> led;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> in_round;
    for (const Stake& stake : deals_.stakes) {
      if (stake.round == kNone) continue;
      if (stake.led) led.emplace_back(stake.investor, stake.round);
      in_round.emplace_back(stake.investor, stake.project);
    }
    std::sort(led.begin(), led.end());
    std::sort(in_round.begin(), in_round.end());
    for (const Stake& stake : deals_.stakes) {
      const bool in_lead =
          stake.round != kNone && !stake.led &&
          std::binary_search(led.begin(), led.end(), std::pair{stake.investor, stake.round});
      const bool covered =
          stake.round == kNone && std::binary_search(in_round.begin(), in_round.end(),
                                                     std::pair{stake.investor, stake.project});
      if (!in_lead && !covered) kept.push_back(stake);
    }
    deals_.stakes = std::move(kept);
  }

  const Document& doc_;
  const Facts& facts_;
  const Entities& entities_;
  Deals deals_;
  RoundTable table_;
  bool crowdsale_only_ = false;
  std::vector<bool> guess_;
  std::vector<std::uint32_t> project_of_mention_;
  std::vector<std::uint32_t> round_of_mention_;
  std::vector<std::uint32_t> current_;
};

}  // namespace

Deals resolve_deals(const Document& doc, const Facts& facts, const Entities& entities) {
  return Resolver(doc, facts, entities).run();
}

}  // namespace graphrail::extract::rules

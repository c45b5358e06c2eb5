#include "extract/rules/graph_builder.h"

#include <algorithm>
#include <unordered_map>

#include "extract/rules/graph_writer.h"
#include "extract/rules/labels.h"

namespace graphrail::extract::rules {
namespace {

constexpr std::uint32_t kLongestQuote = 160;

class Builder {
 public:
  Builder(const Document& doc, const Facts& facts, const Entities& entities, const Deals& deals)
      : doc_(doc), facts_(facts), entities_(entities), deals_(deals), writer_(doc) {}

  graph::Graph run() {
    rounds();
    stakes();
    people();
    linked_people();
    totals();
    classifications();
    return writer_.take();
  }

 private:
  using Nodes = std::unordered_map<std::uint32_t, std::size_t>;

  std::size_t entity_node(Nodes& nodes, std::uint32_t entity, std::string_view type) {
    const auto found = nodes.find(entity);
    if (found != nodes.end()) return found->second;
    const Entity& e = entities_[entity];
    const std::size_t node = writer_.node(type, e.label, e.aliases, {});
    nodes.emplace(entity, node);
    return node;
  }

  std::size_t project(std::uint32_t entity) { return entity_node(projects_, entity, "Project"); }

  void rounds() {
    for (const Round& round : deals_.rounds) {
      const std::size_t owner = project(round.project);
      const std::string label = entities_[round.project].label + ' ' + round_name(doc_, round);
      const std::size_t node =
          writer_.node("Round", label, {}, round_properties(doc_, facts_, round));
      round_nodes_.push_back(node);
      for (const std::uint32_t mention : round.mentions) {
        writer_.edge(owner, "RAISED", node, raised_evidence(facts_.rounds[mention]));
      }
    }
  }

  TokenRange raised_evidence(const RoundMention& mention) const {
    TokenRange range = mention.span;
    if (mention.owner == OwnerKind::kName) {
      const Name& owner = doc_.names[mention.owner_name];
      range.first = std::min(range.first, owner.first);
      range.last = std::max(range.last, owner.last);
    } else if (mention.verb != kNone) {
      range.first = std::min(range.first, mention.verb);
      range.last = std::max(range.last, mention.verb + 1);
    }
    return range.last - range.first > kLongestQuote ? mention.span : range;
  }

  void stakes() {
    for (const Stake& stake : deals_.stakes) {
      const std::size_t investor = entity_node(investors_, stake.investor, "Investor");
      if (stake.angel && !entities_[stake.investor].firm) {
        writer_.at(investor).properties["kind"] = "angel";
      }
      const std::size_t target =
          stake.round == kNone ? project(stake.project) : round_nodes_[stake.round];
      TokenRange evidence = stake.evidence;
      if (evidence.last - evidence.first > kLongestQuote) {
        evidence.first = evidence.last - kLongestQuote;
      }
      writer_.edge(investor, stake.led ? "LED" : "INVESTED_IN", target, evidence);
    }
  }

  void people() {
    for (const Affiliation& fact : facts_.affiliations) {
      const std::uint32_t person = entities_.of_name(fact.person);
      const std::uint32_t organization = fact.organization == kNone
                                             ? spoken_of(fact.sentence)
                                             : entities_.of_name(fact.organization);
      if (organization == kNone || organization == person) continue;
      if (fact.founder && projects_.contains(organization)) {
        link_person(fact, person, "FOUNDED", projects_[organization]);
      } else if (fact.organization != kNone && investors_.contains(organization) &&
                 !investors_.contains(person)) {
        link_person(fact, person, "PARTNERS_AT", investors_[organization]);
      }
    }
  }

  /// "The company" in `sentence`: the one its section's heading names, else the text's.
  std::uint32_t spoken_of(std::uint32_t sentence) const {
    for (std::uint32_t s = sentence + 1; s > 0 && sentence + 1 - s < 40; --s) {
      const Sentence& heading = doc_.sentences[s - 1];
      if (heading.kind != BlockKind::kHeading) continue;
      for (std::uint32_t i = heading.first; i < heading.last; ++i) {
        const std::uint32_t name = doc_.name_starting(i);
        if (name == kNone) continue;
        const std::uint32_t entity = entities_.of_name(name);
        if (projects_.contains(entity)) return entity;
      }
      break;
    }
    return deals_.company;
  }

  void link_person(const Affiliation& fact, std::uint32_t person, std::string_view relation,
                   std::size_t organization) {
    const std::size_t node = entity_node(people_, person, "Person");
    boost::json::object& properties = writer_.at(node).properties;
    if (fact.title.last > fact.title.first && !properties.contains("title")) {
      properties["title"] = doc_.words(fact.title);
    }
    if (relation == "PARTNERS_AT") properties["firm"] = writer_.at(organization).label;
    writer_.edge(node, relation, organization, fact.evidence);
  }

  /// "[Jane Roe](https://acme.vc/team/jane)": a person whose link leads to an investor's site.
  void linked_people() {
    for (std::uint32_t n = 0; n < doc_.names.size(); ++n) {
      const Name& name = doc_.names[n];
      const std::uint32_t link = doc_.tokens[name.first].link;
      if (link == 0 || !name.person) continue;
      const std::uint32_t firm = entities_.of_stem(host_stem(doc_.links[link - 1]));
      const std::uint32_t person = entities_.of_name(n);
      if (firm == kNone || firm == person || !investors_.contains(firm) ||
          investors_.contains(person)) {
        continue;
      }
      link_person({.person = n, .evidence = {name.first, name.last}}, person, "PARTNERS_AT",
                  investors_[firm]);
    }
  }

  void totals() {
    for (const Total& total : deals_.totals) {
      if (!projects_.contains(total.project) || total.money == kNone) continue;
      boost::json::object& properties = writer_.at(projects_[total.project]).properties;
      const Money& money = doc_.money[total.money];
      const auto* known = properties.if_contains("total_raised");
      if (known != nullptr && known->as_int64() >= money.amount) continue;
      properties["total_raised"] = money.amount;
      if (!money.currency.empty()) properties["total_raised_currency"] = money.currency;
    }
  }

  void classifications() {
    for (const Classification& fact : facts_.classifications) {
      const std::uint32_t entity = entities_.of_name(fact.name);
      Nodes& owners = fact.focus ? investors_ : projects_;
      if (!owners.contains(entity)) continue;
      const std::string label = doc_.words(fact.phrase);
      const auto [found, added] = narratives_.try_emplace(graph_key(label), 0U);
      if (added) found->second = writer_.node("Narrative", label, {}, {});
      writer_.edge(owners[entity], fact.focus ? "FOCUSES_ON" : "CLASSIFIED_AS", found->second,
                   fact.evidence);
    }
  }

  const Document& doc_;
  const Facts& facts_;
  const Entities& entities_;
  const Deals& deals_;
  GraphWriter writer_;
  Nodes projects_;
  Nodes investors_;
  Nodes people_;
  std::unordered_map<std::string, std::size_t> narratives_;
  std::vector<std::size_t> round_nodes_;
};

}  // namespace

graph::Graph build_graph(const Document& doc, const Facts& facts, const Entities& entities,
                         const Deals& deals) {
  return Builder(doc, facts, entities, deals).run();
}

}  // namespace graphrail::extract::rules

#include "graph/schema.h"

#include <algorithm>
#include <array>

namespace graphrail::graph {
namespace {

constexpr std::string_view kInvestor = "Investor";
constexpr std::string_view kProject = "Project";
constexpr std::string_view kRound = "Round";
constexpr std::string_view kNarrative = "Narrative";
constexpr std::string_view kPerson = "Person";

constexpr std::array kVentureTypes = {kInvestor, kProject, kRound, kNarrative, kPerson};

constexpr std::array kInvestors = {kInvestor};
constexpr std::array kProjects = {kProject};
constexpr std::array kRounds = {kRound};
constexpr std::array kNarratives = {kNarrative};
constexpr std::array kPeople = {kPerson};
constexpr std::array kRoundsOrProjects = {kRound, kProject};

constexpr std::array kVentureRelations = {
    RelationRule{"LED", kInvestors, kRounds},
    RelationRule{"INVESTED_IN", kInvestors, kRoundsOrProjects},
    RelationRule{"CO_INVESTED", kInvestors, kInvestors},
    RelationRule{"RAISED", kProjects, kRounds},
    RelationRule{"FOUNDED", kPeople, kProjects},
    RelationRule{"PARTNERS_AT", kPeople, kInvestors},
    RelationRule{"FOCUSES_ON", kInvestors, kNarratives},
    RelationRule{"CLASSIFIED_AS", kProjects, kNarratives},
};

constexpr std::array<std::string_view, 8> kGeneralTypes = {
    "Person", "Organization", "Place", "Event", "Product", "Work", "Concept", "Date"};

constexpr Schema kVenture{"venture", kVentureTypes, kVentureRelations, false};
constexpr Schema kGeneral{"general", kGeneralTypes, {}, true};

/// A verb phrase longer than this is a sentence, not a relation.
constexpr std::size_t kMaxRelationBytes = 60;

bool contains(std::span<const std::string_view> names, std::string_view name) noexcept {
  return std::ranges::find(names, name) != names.end();
}

bool allows(std::span<const std::string_view> types, std::string_view type) noexcept {
  return types.empty() || contains(types, type);
}

constexpr bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// WORKS_AT, ACQUIRED, RAISED_2: words of capitals and digits, joined by single underscores.
bool is_upper_snake(std::string_view name) noexcept {
  if (name.empty() || name.size() > kMaxRelationBytes || !is_upper(name.front())) return false;
  char previous = '\0';
  for (const char c : name) {
    if (!is_upper(c) && !is_digit(c) && (c != '_' || previous == '_')) return false;
    previous = c;
  }
  return previous != '_';
}

}  // namespace

bool Schema::allows_node_type(std::string_view type) const noexcept {
  return contains(node_types, type);
}

bool Schema::allows_relation(std::string_view relationship) const noexcept {
  if (free_relations) return is_upper_snake(relationship);
  return std::ranges::find(relations, relationship, &RelationRule::name) != relations.end();
}

bool Schema::allows_edge(std::string_view relationship, std::string_view source_type,
                         std::string_view target_type) const noexcept {
  if (!allows_node_type(source_type) || !allows_node_type(target_type)) return false;
  if (free_relations) return is_upper_snake(relationship);
  const auto rule = std::ranges::find(relations, relationship, &RelationRule::name);
  return rule != relations.end() && allows(rule->sources, source_type) &&
         allows(rule->targets, target_type);
}

const Schema& venture_schema() noexcept { return kVenture; }

const Schema& general_schema() noexcept { return kGeneral; }

const Schema* find_schema(std::string_view name) noexcept {
  if (name == kVenture.name) return &kVenture;
  if (name == kGeneral.name) return &kGeneral;
  return nullptr;
}

}  // namespace graphrail::graph

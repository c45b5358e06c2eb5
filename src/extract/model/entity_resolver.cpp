#include "extract/model/entity_resolver.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "graph/slug.h"

namespace graphrail::extract::model {
namespace {

std::string typed(std::string_view type, std::string_view key) {
  return fmt::format("{}\n{}", type, key);
}

bool has_alias(const graph::Node& node, std::string_view name) {
  return node.label == name ||
         std::find(node.aliases.begin(), node.aliases.end(), name) != node.aliases.end();
}

}  // namespace

Resolved EntityResolver::add(graph::Node node) {
  const std::optional<Match> match = find(node);
  return match ? merge(std::move(node), *match) : append(std::move(node));
}

const graph::Node& EntityResolver::entity(std::string_view id) const {
  return nodes_.at(by_id_.at(std::string(id)));
}

std::optional<EntityResolver::Match> EntityResolver::find(const graph::Node& node) const {
  const auto known = by_key_.find(typed(node.type, name_key(node.label)));
  if (known != by_key_.end()) {
    const graph::Node& entity = nodes_[known->second];
    if (graph::make_slug(entity.label) == graph::make_slug(node.label)) {
      return Match{known->second, MergeReason::kSameName};
    }
    const bool by_label = name_key(entity.label) == name_key(node.label);
    return Match{known->second, by_label ? MergeReason::kLegalForm : MergeReason::kAlias};
  }
  for (const std::string& alias : node.aliases) {
    const auto found = by_key_.find(typed(node.type, name_key(alias)));
    if (found != by_key_.end()) return Match{found->second, MergeReason::kAlias};
  }
  return find_spelling(node);
}

std::optional<EntityResolver::Match> EntityResolver::find_spelling(const graph::Node& node) const {
  // Rounds are told apart by one letter or digit; for them only exact names count.
  if (node.type == "Round") return std::nullopt;
  const auto same_type = by_type_.find(node.type);
  if (same_type == by_type_.end()) return std::nullopt;
  const std::string key = name_key(node.label);
  std::size_t compared = 0;
  for (const std::size_t position : same_type->second) {
    if (++compared > kMaxSpellingCandidates) break;
    const graph::Node& entity = nodes_[position];
    if (is_misspelling(key, name_key(entity.label))) return Match{position, MergeReason::kSpelling};
    if (is_bracketed_acronym(entity.label, node.label) ||
        is_bracketed_acronym(node.label, entity.label)) {
      return Match{position, MergeReason::kAcronym};
    }
  }
  return std::nullopt;
}

bool EntityResolver::is_bracketed_acronym(std::string_view full, std::string_view acronym) const {
  if (acronym.size() < 2 || initials(full) != graph::make_slug(acronym)) return false;
  return text_.find(fmt::format("{} ({})", full, acronym)) != std::string_view::npos ||
         text_.find(fmt::format("{} ({})", acronym, full)) != std::string_view::npos;
}

Resolved EntityResolver::append(graph::Node node) {
  const std::string base = graph::make_slug(node.label);
  node.id = base;
  for (std::size_t n = 2; by_id_.contains(node.id); ++n) node.id = fmt::format("{}-{}", base, n);
  const std::size_t position = nodes_.size();
  by_id_.emplace(node.id, position);
  by_type_[node.type].push_back(position);
  index_name(node, node.label, position);
  for (const std::string& alias : node.aliases) index_name(node, alias, position);
  nodes_.push_back(std::move(node));
  return {nodes_.back().id, true};
}

Resolved EntityResolver::merge(graph::Node node, Match match) {
  graph::Node& entity = nodes_[match.index];
  if (match.reason != MergeReason::kSameName) {
    merges_.push_back({node.label, entity.label, match.reason});
  }
  bool changed = false;
  node.aliases.insert(node.aliases.begin(), node.label);
  for (std::string& alias : node.aliases) {
    if (has_alias(entity, alias)) continue;
    index_name(entity, alias, match.index);
    entity.aliases.push_back(std::move(alias));
    changed = true;
  }
  for (const auto& property : node.properties) {
    changed = entity.properties.emplace(property.key(), property.value()).second || changed;
  }
  return {entity.id, changed};
}

void EntityResolver::index_name(const graph::Node& node, std::string_view name,
                                std::size_t position) {
  by_key_.emplace(typed(node.type, name_key(name)), position);
}

}  // namespace graphrail::extract::model

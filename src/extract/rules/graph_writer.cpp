#include "extract/rules/graph_writer.h"

#include <algorithm>

#include "graph/slug.h"

namespace graphrail::extract::rules {
namespace {

constexpr std::size_t kMostQuotes = 3;

}  // namespace

std::size_t GraphWriter::node(std::string_view type, std::string label,
                              std::vector<std::string> aliases, boost::json::object properties) {
  const std::string slug = graph::make_slug(label);
  std::string id = slug;
  while (!ids_.insert(id).second) {
    unsigned& suffix = next_suffix_[slug];
    suffix = std::max(suffix + 1, 2U);
    id = slug + '-' + std::to_string(suffix);
  }
  graph_.nodes.push_back({.id = std::move(id),
                          .label = std::move(label),
                          .type = std::string(type),
                          .aliases = std::move(aliases),
                          .properties = std::move(properties)});
  return graph_.nodes.size() - 1;
}

graph::Evidence GraphWriter::quote(TokenRange range) const {
  const std::size_t begin = doc_.tokens[range.first].begin;
  std::size_t end = begin;
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    end = std::max<std::size_t>(end, doc_.tokens[i].end);
  }
  return {.quote = std::string(doc_.source.substr(begin, end - begin)),
          .start = index_.code_points_before(begin),
          .end = index_.code_points_before(end)};
}

void GraphWriter::edge(std::size_t source, std::string_view relationship, std::size_t target,
                       TokenRange evidence) {
  if (source == target || evidence.first >= evidence.last) return;
  const std::string& from = graph_.nodes[source].id;
  const std::string& to = graph_.nodes[target].id;
  std::string key = from + ' ' + std::string(relationship) + ' ' + to;
  const auto [found, added] = edges_.try_emplace(std::move(key), graph_.edges.size());
  if (added) {
    graph_.edges.push_back(
        {.source = from, .target = to, .relationship = std::string(relationship), .evidence = {}});
  }
  std::vector<graph::Evidence>& quotes = graph_.edges[found->second].evidence;
  if (quotes.size() >= kMostQuotes) return;
  graph::Evidence next = quote(evidence);
  if (std::find(quotes.begin(), quotes.end(), next) == quotes.end()) {
    quotes.push_back(std::move(next));
  }
}

}  // namespace graphrail::extract::rules

#include "extract/model/support_witness.h"

#include <algorithm>
#include <unordered_map>

namespace graphrail::extract::model {

using rules::TokenRange;

SupportWitness::SupportWitness(graph::Graph graph, const SupportText& text) {
  std::unordered_map<std::string_view, std::size_t> index;
  nodes_ = std::move(graph.nodes);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    index.emplace(nodes_[i].id, i);
    names_.emplace_back(nodes_[i]);
    rounds_.emplace_back(nodes_[i].type == "Round" ? nodes_[i] : graph::Node{});
    if (nodes_[i].type == "Round") known_.push_back(rounds_.back());
  }
  for (const graph::Edge& edge : graph.edges) {
    const auto from = index.find(edge.source);
    const auto to = index.find(edge.target);
    if (from == index.end() || to == index.end()) continue;
    Sighting sighting{.relationship = edge.relationship,
                      .source = from->second,
                      .target = to->second,
                      .sentences = {}};
    for (const graph::Evidence& evidence : edge.evidence) {
      const TokenRange tokens = text.tokens_of(evidence);
      if (tokens.first < tokens.last) sighting.sentences.push_back(text.sentences_of(tokens));
    }
    if (edge.relationship == "RAISED") raisers_.push_back(from->second);
    sightings_.push_back(std::move(sighting));
  }
}

std::vector<const SupportWitness::Sighting*> SupportWitness::sightings(
    std::string_view relationship, const SupportNames& source, const SupportText& text,
    TokenRange quote) const {
  std::vector<const Sighting*> found;
  if (quote.first >= quote.last) return found;
  const TokenRange whole = text.sentences_of(quote);
  const auto touches = [&](TokenRange sentence) {
    return sentence.first < whole.last && whole.first < sentence.last;
  };
  for (const Sighting& sighting : sightings_) {
    if (sighting.relationship != relationship) continue;
    if (std::none_of(sighting.sentences.begin(), sighting.sentences.end(), touches)) continue;
    if (names_[sighting.source].same_as(source)) found.push_back(&sighting);
  }
  return found;
}

bool SupportWitness::saw(std::string_view relationship, const SupportNames& source,
                         const graph::Node& target, const SupportText& text,
                         TokenRange quote) const {
  const bool round = target.type == "Round";
  const SupportNames target_names(target);
  const SupportRound target_round(round ? target : graph::Node{});
  const auto found = sightings(relationship, source, text, quote);
  return std::any_of(found.begin(), found.end(), [&](const Sighting* sighting) {
    if ((nodes_[sighting->target].type == "Round") != round) return false;
    return round ? rounds_[sighting->target].agrees_with(target_round)
                 : names_[sighting->target].same_as(target_names);
  });
}

bool SupportWitness::saw_other_round(std::string_view relationship, const SupportNames& source,
                                     const graph::Node& target, const SupportText& text,
                                     TokenRange quote) const {
  const SupportRound target_round(target);
  bool other = false;
  for (const Sighting* sighting : sightings(relationship, source, text, quote)) {
    if (nodes_[sighting->target].type != "Round") continue;
    // A valuation taken for a round speaks against nothing.
    if (rounds_[sighting->target].only_other_sum_in(text, text.sentences_of(quote))) continue;
    if (rounds_[sighting->target].agrees_with(target_round)) return false;
    other = true;
  }
  return other;
}

bool SupportWitness::saw_from(std::string_view relationship, const SupportNames& source,
                              const SupportText& text, TokenRange quote) const {
  return !sightings(relationship, source, text, quote).empty();
}

bool SupportWitness::spoke_last_of(const SupportNames& project, const SupportText& text,
                                   std::uint32_t token) const {
  constexpr std::uint32_t kReach = 8;
  if (raisers_.size() < 2) return true;
  const std::uint32_t at = text.sentence_at(token);
  for (std::uint32_t back = 0; back <= std::min(at, kReach); ++back) {
    const TokenRange sentence = text.sentence(at - back);
    std::uint32_t latest = 0;
    bool named = false;
    bool wanted = false;
    for (const std::size_t node : raisers_) {
      const std::vector<TokenRange> places = names_[node].find(text, sentence);
      if (places.empty() || (named && places.back().first < latest)) continue;
      named = true;
      latest = places.back().first;
      wanted = names_[node].same_as(project);
    }
    if (named) return wanted;
  }
  return true;
}

bool SupportWitness::raised(const SupportNames& project) const {
  return std::any_of(raisers_.begin(), raisers_.end(),
                     [&](std::size_t node) { return names_[node].same_as(project); });
}

}  // namespace graphrail::extract::model

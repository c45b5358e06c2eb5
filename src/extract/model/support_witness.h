// A second reading of the same text: the graph of the rules engine, asked whether it found an edge
// in the same sentences. Read-only after construction.
#pragma once

#include <string_view>
#include <vector>

#include "extract/model/support_names.h"
#include "extract/model/support_rounds.h"

namespace graphrail::extract::model {

class SupportWitness {
 public:
  /// Runs the rules engine over `source`, the text behind `text`; keeps nothing of either.
  SupportWitness(graph::Graph graph, const SupportText& text);

  /// Found in a sentence that `quote` touches. A Round end matches by stage and amount.
  [[nodiscard]] bool saw(std::string_view relationship, const SupportNames& source,
                         const graph::Node& target, const SupportText& text,
                         rules::TokenRange quote) const;
  /// Found there towards another Round than `target`.
  [[nodiscard]] bool saw_other_round(std::string_view relationship, const SupportNames& source,
                                     const graph::Node& target, const SupportText& text,
                                     rules::TokenRange quote) const;
  /// Found there for `source`, whatever the other end.
  [[nodiscard]] bool saw_from(std::string_view relationship, const SupportNames& source,
                              const SupportText& text, rules::TokenRange quote) const;
  /// The companies that raised, by their last mention before token `token`: true when the one
  /// spoken of last goes by this name, or none is known.
  [[nodiscard]] bool spoke_last_of(const SupportNames& project, const SupportText& text,
                                   std::uint32_t token) const;
  /// The rounds of the text.
  [[nodiscard]] const std::vector<SupportRound>& rounds() const noexcept { return known_; }
  /// The company that raised a round goes by this name.
  [[nodiscard]] bool raised(const SupportNames& project) const;
  [[nodiscard]] bool has_raisers() const noexcept { return !raisers_.empty(); }

 private:
  struct Sighting {
    std::string relationship;
    std::size_t source;
    std::size_t target;
    std::vector<rules::TokenRange> sentences;
  };
  [[nodiscard]] std::vector<const Sighting*> sightings(std::string_view relationship,
                                                       const SupportNames& source,
                                                       const SupportText& text,
                                                       rules::TokenRange quote) const;

  std::vector<graph::Node> nodes_;
  std::vector<SupportNames> names_;
  /// Per node; of nodes that are no rounds, nothing.
  std::vector<SupportRound> rounds_;
  std::vector<SupportRound> known_;
  std::vector<Sighting> sightings_;
  std::vector<std::size_t> raisers_;
};

}  // namespace graphrail::extract::model

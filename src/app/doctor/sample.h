// The announcement that `graphrail doctor` has read, and what a model should find in it. Made up.
#pragma once

#include <cstddef>
#include <string>

#include "graph/graph.h"

namespace graphrail::app::doctor {

/// About 300 characters.
[[nodiscard]] std::string sample_text();

/// The sample and behind it as many sentences without any fact as make `chars` characters. What a
/// server cuts off a prompt that is too long is its beginning or its middle.
[[nodiscard]] std::string long_sample_text(std::size_t chars);

inline constexpr std::size_t kSampleFacts = 5;

/// How many of the facts a graph of the sample holds: who raised, led, took part, founded.
[[nodiscard]] std::size_t count_facts(const graph::Graph& graph);

}  // namespace graphrail::app::doctor

// Writes a graph the way a model answers a call for one (extract/model/prompt.h, answer_schema):
// nodes first, then edges, properties as a list of names and values. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

#include "app/mock_llm/chat_call.h"
#include "graph/graph.h"

namespace graphrail::app::mock_llm {

/// The vocabulary an answer is written in: the rules engine's own, or that of the general schema,
/// where a fund is an Organization and a round an Event.
enum class Vocabulary : std::uint8_t { kVenture, kGeneral };

/// What an earlier answer, cut off, holds already.
struct Written {
  std::set<std::string, std::less<>> node_ids;
  /// Source, target, relationship.
  std::set<std::tuple<std::string, std::string, std::string>> edges;
};

/// Reads the block of a prompt; what is not of its form is left out.
[[nodiscard]] Written read_written(std::string_view json);

/// Whether answers of `schema` are graphs of the answer's form, at least in the members written
/// here.
[[nodiscard]] bool is_graph_schema(const boost::json::object& schema);

/// What the call asks for, in its schema or, where the server sends none, in its instructions.
[[nodiscard]] Vocabulary choose_vocabulary(const ChatCall& call);

/// The answer's JSON, without CO_INVESTED, which is derived and never asked for, and without what
/// is written.
[[nodiscard]] std::string write_answer(const graph::Graph& graph, Vocabulary vocabulary,
                                       const Written& written);

}  // namespace graphrail::app::mock_llm

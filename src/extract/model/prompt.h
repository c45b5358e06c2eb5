// What the model is told: the rules of the schema, the fenced text, and what it has written already
// when an answer was cut. The fence carries a random mark, so that no page can close it.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"
#include "llm/chat.h"

namespace graphrail::extract::model {

/// Changes whenever a prompt or the answer's schema does, so that cached graphs do not outlive it.
inline constexpr std::string_view kPromptVersion = "1";

/// Lines around the text: "<word> <mark>".
inline constexpr std::string_view kTextBegins = "BEGIN TEXT";
inline constexpr std::string_view kTextEnds = "END TEXT";
/// Lines around the JSON object of what is written already: {"nodes":[{"id","label","type"}],
/// "edges":[{"source","target","relationship"}]}.
inline constexpr std::string_view kWrittenBegins = "BEGIN WRITTEN";
inline constexpr std::string_view kWrittenEnds = "END WRITTEN";

struct PromptParts {
  /// "venture" or "general".
  std::string_view schema;
  std::string_view text;
  /// Hex, new for every call.
  std::string_view mark;
  /// 1 of 1 for a text that is read at once.
  std::size_t part = 1;
  std::size_t parts = 1;
  /// Elements of an answer to the same text that was cut; empty on the first call.
  const graph::Graph* written = nullptr;
};

/// A system message with the rules, a user message with the text.
[[nodiscard]] std::vector<llm::ChatMessage> make_messages(const PromptParts& parts);

/// A user message read back, for servers that stand in for a model; nothing when it has no fence.
struct ReadPrompt {
  std::string text;
  /// The JSON between the marks of what is written already; empty when there is none.
  std::string written;
};
[[nodiscard]] std::optional<ReadPrompt> read_user_message(std::string_view content);

/// The answer's JSON Schema within the strict subset: an object of "nodes", then "edges". Node: id,
/// label, type, aliases, properties [{name, value}]. Edge: source, target, relationship, evidence
/// [quote]. Every member is required, nothing else is allowed.
[[nodiscard]] boost::json::object answer_schema(std::string_view schema);
/// The same as JSON text, made once.
[[nodiscard]] const std::string& answer_schema_text(std::string_view schema);

}  // namespace graphrail::extract::model

// What contacting the model server showed, as values: filled by the composition, judged by
// check_model. Nothing here holds the key.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "graph/graph.h"
#include "llm/chat_client.h"

namespace graphrail::app::doctor {

/// One answered call.
struct CallSight {
  /// Of the messages alone, without the schema that a server may keep from the model.
  std::uint64_t prompt_bytes = 0;
  llm::ChatAnswer answer;
};

/// One text read through the model engine.
struct ReadingSight {
  std::optional<core::Error> error;
  std::vector<CallSight> calls;
  std::size_t text_chars = 0;
  /// After validation, as a user would get it.
  graph::Graph graph;
  std::vector<graph::Warning> warnings;
  std::optional<std::chrono::milliseconds> first_element;
  std::chrono::milliseconds took{0};
};

/// What is configured, for the words of the advice.
struct ModelSetting {
  /// Scheme, host, port and path; without a query, which may hold a secret.
  std::string address;
  std::string model;
  bool has_key = false;
  /// Not the server that is the default.
  bool is_own_server = false;
  std::uint64_t timeout_seconds = 0;
  std::uint64_t content_chars = 0;
};

struct ModelSight {
  ModelSetting setting;
  std::chrono::milliseconds listing_took{0};
  std::optional<core::Error> listing_error;
  /// Names that GET /models gave.
  std::vector<std::string> models;
  /// Nothing when the listing showed that it is no use to try.
  std::optional<ReadingSight> sample;
  /// Nothing when it was not asked for.
  std::optional<ReadingSight> longest;
};

}  // namespace graphrail::app::doctor

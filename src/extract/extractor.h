// The seam between a text and a graph. An extractor reads a text under a schema and emits nodes
// and edges as it finds them; validation and grounding (graph/validate.h) happen after it and are
// the same for every engine.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "graph/graph.h"

namespace graphrail::extract {

/// What to read. `text` is well-formed UTF-8 and shared, never copied; `schema` is a name that
/// graph::find_schema knows.
struct ExtractionRequest {
  std::shared_ptr<const std::string> text;
  std::string schema;
};

/// What an engine says about its run beside the elements it emitted.
struct ExtractionReport {
  /// "rules" or "llm".
  std::string engine;
  /// Model name, empty for the rules engine.
  std::string model;
  /// Tokens the model was billed for, 0 for the rules engine.
  std::uint64_t token_count = 0;
  /// True when part of the text was not read.
  bool truncated = false;
  std::vector<graph::Warning> warnings;
};

/// Receives elements in the order they are found. Called from one thread at a time.
class ExtractionSink {
 public:
  virtual ~ExtractionSink() = default;
  virtual void node(graph::Node node) = 0;
  virtual void edge(graph::Edge edge) = 0;
};

/// An engine. Implementations are stateless between calls and safe to use from several requests.
class Extractor {
 public:
  virtual ~Extractor() = default;
  /// Emits what the text supports into `sink`, which outlives the call. Fails with
  /// ExtractError values; a text without any finding is a success with no elements.
  virtual boost::asio::awaitable<core::Result<ExtractionReport>> extract(
      ExtractionRequest request, std::shared_ptr<ExtractionSink> sink) = 0;
};

}  // namespace graphrail::extract

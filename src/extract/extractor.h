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
#include "core/secret.h"
#include "graph/graph.h"

namespace graphrail::extract {

/// What to read. `text` is well-formed UTF-8 and shared, never copied; `schema` is a name that
/// graph::find_schema knows.
struct ExtractionRequest {
  std::shared_ptr<const std::string> text;
  std::string schema;
  /// Pays for the model calls of this request; null for the engine's own key.
  std::shared_ptr<const core::Secret> key = nullptr;
  /// The text belongs to a page that others may ask for too: an answer may be shared and kept.
  bool is_shareable = false;
  /// Do not take a kept answer.
  bool force_refresh = false;
};

/// How far a long text has been read.
struct ExtractionProgress {
  std::size_t chunks = 0;
  std::size_t chunks_done = 0;
};

/// Two names that were taken for one entity.
struct EntityMerge {
  std::string label;
  std::string into;
  /// "legal form", "alias", "acronym", "spelling".
  std::string reason;
};

/// How much of the text a model read.
struct Coverage {
  std::size_t chunks = 0;
  std::size_t failed_chunks = 0;
  /// Code points of the chunks that were read, of all chunks.
  std::size_t chars_read = 0;
  std::size_t chars = 0;
};

/// What an engine says about its run beside the elements it emitted.
struct ExtractionReport {
  /// "rules" or "llm".
  std::string engine;
  /// Model name, empty for the rules engine.
  std::string model;
  /// Tokens the model was billed for, 0 for the rules engine.
  std::uint64_t token_count = 0;
  /// By the price table; nothing when it does not know the model.
  std::optional<double> cost_usd;
  /// Form of the answer that the server accepted ("strict_schema"); empty for the rules engine.
  std::string rung;
  /// Empty for the rules engine.
  std::string prompt_version;
  /// Nothing for the rules engine, which always reads everything.
  std::optional<Coverage> coverage;
  std::vector<EntityMerge> merges;
  /// Another request paid for the call that this answer is from, at the same time.
  bool is_shared = false;
  /// Seconds since the answer was made, when it was kept from an earlier request.
  std::optional<std::int64_t> cache_age_seconds;
  /// True when part of the text was not read.
  bool truncated = false;
  std::vector<graph::Warning> warnings;
};

/// Receives elements in the order they are found. Called from one thread at a time, which need not
/// be the caller's; never after extract() has ended.
class ExtractionSink {
 public:
  virtual ~ExtractionSink() = default;
  /// A node with an id seen before replaces that one: it gained an alias or a property.
  virtual void node(graph::Node node) = 0;
  /// Both ends have been given before.
  virtual void edge(graph::Edge edge) = 0;
  virtual void progress(ExtractionProgress progress) = 0;
};

/// An engine. Implementations are stateless between calls and safe to use from several requests.
class Extractor {
 public:
  virtual ~Extractor() = default;
  /// Emits what the text supports into `sink`. Fails with ExtractError, LlmError and
  /// CoreError::kBusy; a text without any finding is a success with no elements. Throws
  /// operation_aborted when cancelled.
  virtual boost::asio::awaitable<core::Result<ExtractionReport>> extract(
      ExtractionRequest request, std::shared_ptr<ExtractionSink> sink) = 0;
};

}  // namespace graphrail::extract

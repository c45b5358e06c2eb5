// Saved graphs. Anonymous graphs are reachable only by their unguessable session id and expire.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/result.h"
#include "graph/graph.h"

namespace graphrail::history {

enum class HistoryError {
  /// The store could not be read or written; the cause says why.
  kUnavailable = 1,
  /// No graph under that id, or it has expired.
  kNotFound,
};
[[nodiscard]] std::error_code make_error_code(HistoryError error) noexcept;

/// A finished generation as it is kept.
struct SavedGraph {
  /// 32 lowercase hex digits from 16 random bytes.
  std::string session_id;
  std::string title;
  /// Empty for pasted text.
  std::string source_url;
  graph::Graph graph;
  /// The "meta" object of the answer, as JSON text, so that a saved graph reads like a fresh one.
  std::string meta_json;
  /// The text that was read; evidence offsets refer to it.
  std::string source_text;
  /// Unix seconds; `expires_at` 0 means that the graph is kept.
  std::int64_t created_at = 0;
  std::int64_t expires_at = 0;

  bool operator==(const SavedGraph&) const = default;
};

class GraphStore {
 public:
  virtual ~GraphStore() = default;
  /// Saves all of it or nothing; a second save under the same session id replaces the first, so a
  /// retry is harmless. Fails with HistoryError::kUnavailable, or CoreError::kBusy.
  virtual boost::asio::awaitable<core::Result<void>> save(
      std::shared_ptr<const SavedGraph> graph) = 0;
  /// Fails with HistoryError::kNotFound (also for expired graphs), kUnavailable, CoreError::kBusy.
  virtual boost::asio::awaitable<core::Result<SavedGraph>> find(std::string session_id) = 0;
  /// True when a read works now; for readiness.
  virtual boost::asio::awaitable<bool> is_ready() = 0;
};

}  // namespace graphrail::history

template <>
struct std::is_error_code_enum<graphrail::history::HistoryError> : std::true_type {};

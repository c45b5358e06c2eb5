#include "history/sqlite_connections.h"

#include <boost/json/parse.hpp>
#include <memory>
#include <utility>

#include "graph/json.h"

namespace graphrail::history {
namespace {

namespace json = boost::json;

constexpr std::string_view kInsert = R"sql(
INSERT INTO graphs (title, source_url, node_count, edge_count, session_id, created_at, expires_at,
                    graph, meta, source_text)
VALUES (?1, nullif(?2, ''), ?3, ?4, ?5, ?6, nullif(?7, 0), ?8, ?9, ?10)
ON CONFLICT (session_id) DO UPDATE SET
  title = excluded.title, source_url = excluded.source_url, node_count = excluded.node_count,
  edge_count = excluded.edge_count, created_at = excluded.created_at,
  expires_at = excluded.expires_at, graph = excluded.graph, meta = excluded.meta,
  source_text = excluded.source_text
)sql";

// The limit bounds what one save pays for the past.
constexpr std::string_view kPurge = R"sql(
DELETE FROM graphs WHERE rowid IN
  (SELECT rowid FROM graphs WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)
)sql";

/// More than one, so the purge catches up.
constexpr std::size_t kPurgedPerSave = 16;

constexpr std::string_view kFind = R"sql(
SELECT session_id, title, source_url, created_at, expires_at, graph, meta, source_text
FROM graphs WHERE session_id = ?1 AND (expires_at IS NULL OR expires_at > ?2)
)sql";

constexpr std::string_view kProbe = "SELECT 1 FROM graphs LIMIT 1";

core::Result<graph::Graph> parse_graph(const std::string& text) {
  json::error_code error;
  const json::value value = json::parse(text, error);
  if (error) {
    return core::fail(HistoryError::kUnavailable, {"The saved graph cannot be read."},
                      {"graph column: " + error.message()});
  }
  return graph::graph_from_json(value);
}

}  // namespace

core::Result<std::unique_ptr<GraphWriter>> GraphWriter::make(store::Database database) {
  core::Result<store::Statement> insert = database.prepare(kInsert);
  if (!insert) return core::fail(std::move(insert.error()));
  core::Result<store::Statement> purge = database.prepare(kPurge);
  if (!purge) return core::fail(std::move(purge.error()));
  return std::make_unique<GraphWriter>(std::move(database), std::move(*insert), std::move(*purge));
}

core::Result<void> GraphWriter::save(std::span<const std::shared_ptr<const SavedGraph>> graphs,
                                     std::int64_t now) {
  const std::scoped_lock lock(mutex_);
  core::Result<store::Transaction> transaction = store::Transaction::begin(database_);
  if (!transaction) return core::fail(std::move(transaction.error()));
  for (const std::shared_ptr<const SavedGraph>& graph : graphs) {
    if (core::Result<void> done = insert(*graph); !done) return done;
  }
  if (core::Result<void> done = purge(now, kPurgedPerSave * graphs.size()); !done) return done;
  return transaction->commit();
}

core::Result<void> GraphWriter::insert(const SavedGraph& graph) {
  const std::string graph_json = graph::to_json_text(graph.graph);
  insert_.bind(1, graph.title);
  insert_.bind(2, graph.source_url);
  insert_.bind(3, static_cast<std::int64_t>(graph.graph.nodes.size()));
  insert_.bind(4, static_cast<std::int64_t>(graph.graph.edges.size()));
  insert_.bind(5, graph.session_id);
  insert_.bind(6, graph.created_at);
  insert_.bind(7, graph.expires_at);
  insert_.bind(8, graph_json);
  insert_.bind(9, graph.meta_json);
  insert_.bind(10, graph.source_text);
  return insert_.run();
}

core::Result<void> GraphWriter::purge(std::int64_t now, std::size_t limit) {
  purge_.bind(1, now);
  purge_.bind(2, static_cast<std::int64_t>(limit));
  return purge_.run();
}

core::Result<std::unique_ptr<GraphReader>> GraphReader::make(store::Database database) {
  core::Result<store::Statement> find = database.prepare(kFind);
  if (!find) return core::fail(std::move(find.error()));
  core::Result<store::Statement> probe = database.prepare(kProbe);
  if (!probe) return core::fail(std::move(probe.error()));
  return std::make_unique<GraphReader>(std::move(database), std::move(*find), std::move(*probe));
}

core::Result<SavedGraph> GraphReader::find(const std::string& session_id, std::int64_t now) {
  SavedGraph saved;
  std::string graph_json;
  {
    const std::scoped_lock lock(mutex_);
    const store::ResetAtEnd reset_at_end(find_);
    find_.bind(1, session_id);
    find_.bind(2, now);
    const core::Result<bool> row = find_.step();
    if (!row) return core::fail(row.error());
    if (!*row) return core::fail(HistoryError::kNotFound, {"No graph under that id."});
    saved.session_id = find_.column_text(0);
    saved.title = find_.column_text(1);
    saved.source_url = find_.column_text(2);
    saved.created_at = find_.column_int64(3);
    saved.expires_at = find_.column_int64(4);
    graph_json = find_.column_text(5);
    saved.meta_json = find_.column_text(6);
    saved.source_text = find_.column_text(7);
  }
  core::Result<graph::Graph> graph = parse_graph(graph_json);
  if (!graph) return core::fail(std::move(graph.error()));
  saved.graph = std::move(*graph);
  return saved;
}

core::Result<void> GraphReader::probe() {
  const std::scoped_lock lock(mutex_);
  return probe_.run();
}

}  // namespace graphrail::history

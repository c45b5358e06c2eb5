#include <array>

#include "store/migrations.h"

namespace graphrail::store {
namespace {

// All times are Unix seconds. The large columns of `graphs` stand last, so that a list of titles
// does not read them. `expires_at` is NULL for a graph that is kept.
constexpr std::string_view kHistoryTables = R"sql(
CREATE TABLE users (
  id TEXT NOT NULL PRIMARY KEY,
  email TEXT,
  plan TEXT NOT NULL DEFAULT 'free',
  created_at INTEGER NOT NULL
);

CREATE TABLE graphs (
  id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(16)))),
  user_id TEXT REFERENCES users(id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  source_url TEXT,
  node_count INTEGER NOT NULL,
  edge_count INTEGER NOT NULL,
  session_id TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  graph TEXT NOT NULL,
  meta TEXT NOT NULL,
  source_text TEXT NOT NULL
);
CREATE INDEX graphs_by_user ON graphs(user_id, created_at DESC) WHERE user_id IS NOT NULL;
CREATE INDEX graphs_by_expiry ON graphs(expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE request_log (
  id INTEGER PRIMARY KEY,
  user_id TEXT,
  endpoint TEXT NOT NULL,
  source_url TEXT,
  ip TEXT,
  status_code INTEGER NOT NULL,
  tokens_used INTEGER NOT NULL DEFAULT 0,
  processing_ms INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
);
CREATE INDEX request_log_by_time ON request_log(created_at);
)sql";

constexpr std::array kMigrations = {
    Migration{1, "users, graphs and request log", kHistoryTables},
};

}  // namespace

std::span<const Migration> sqlite_migrations() noexcept { return kMigrations; }

}  // namespace graphrail::store

#include "page/page_table.h"

#include <openssl/sha.h>

#include <array>
#include <string_view>

#include "core/utf8.h"

namespace graphrail::page {
namespace {

constexpr std::string_view kFind =
    "SELECT p.text, p.text_sha256, p.title, p.site_name, p.published, p.canonical_url, p.charset, "
    "p.removed_invisible_chars, p.final_url, p.etag, p.last_modified, p.validated_at "
    "FROM page_keys k JOIN pages p ON p.id = k.page_id WHERE k.key = ?1";
constexpr std::string_view kInsert =
    "INSERT INTO pages (text, text_sha256, title, site_name, published, canonical_url, charset, "
    "removed_invisible_chars, final_url, etag, last_modified, validated_at, bytes) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) RETURNING id";
constexpr std::string_view kPoint =
    "INSERT INTO page_keys (key, page_id) VALUES (?1, ?2) "
    "ON CONFLICT (key) DO UPDATE SET page_id = excluded.page_id";
constexpr std::string_view kFindId = "SELECT page_id FROM page_keys WHERE key = ?1";
constexpr std::string_view kDropUnnamed =
    "DELETE FROM pages WHERE id = ?1 AND NOT EXISTS "
    "(SELECT 1 FROM page_keys WHERE page_id = ?1)";
// The row count of one batch bounds the time of a save.
constexpr std::string_view kDropOld =
    "DELETE FROM pages WHERE id IN "
    "(SELECT id FROM pages WHERE validated_at < ?1 ORDER BY validated_at LIMIT 100)";
constexpr std::string_view kDropExcess =
    "DELETE FROM pages WHERE (SELECT total(bytes) FROM pages) > ?1 AND id IN "
    "(SELECT id FROM pages ORDER BY validated_at, id LIMIT 100)";

/// Tells a damaged copy from a sound one; 32 raw bytes.
std::string sha256(std::string_view text) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return {digest.begin(), digest.end()};
}

std::shared_ptr<const CachedPage> read_row(const store::Statement& row) {
  auto cached = std::make_shared<CachedPage>();
  cached->page.text = row.column_text(0);
  if (row.column_text(1) != sha256(cached->page.text)) return nullptr;
  if (!core::is_valid_utf8(cached->page.text)) return nullptr;
  cached->page.title = row.column_text(2);
  cached->page.site_name = row.column_text(3);
  cached->page.published = row.column_text(4);
  cached->page.canonical_url = row.column_text(5);
  cached->page.charset = row.column_text(6);
  cached->page.removed_invisible_chars = static_cast<std::size_t>(row.column_int64(7));
  cached->final_url = row.column_text(8);
  cached->etag = row.column_text(9);
  cached->last_modified = row.column_text(10);
  cached->validated_at = row.column_int64(11);
  return cached;
}

core::Result<void> prepare_one(store::Database& database, std::string_view sql,
                               std::unique_ptr<store::Statement>& statement) {
  core::Result<store::Statement> prepared = database.prepare(sql);
  if (!prepared) return core::fail(std::move(prepared.error()));
  statement = std::make_unique<store::Statement>(std::move(*prepared));
  return {};
}

}  // namespace

core::Result<std::unique_ptr<PageTable>> PageTable::make(store::Database database,
                                                         PageTableBounds bounds) {
  std::unique_ptr<PageTable> table(new PageTable(std::move(database), bounds));
  if (core::Result<void> prepared = table->prepare(); !prepared) {
    return core::fail(std::move(prepared.error()));
  }
  return table;
}

core::Result<void> PageTable::prepare() {
  const std::array<std::pair<std::string_view, std::unique_ptr<store::Statement>*>, 7> all = {
      {{kFind, &find_},
       {kFindId, &find_id_},
       {kInsert, &insert_},
       {kPoint, &point_},
       {kDropUnnamed, &drop_unnamed_},
       {kDropOld, &drop_old_},
       {kDropExcess, &drop_excess_}}};
  for (const auto& [sql, statement] : all) {
    if (auto prepared = prepare_one(database_, sql, *statement); !prepared) return prepared;
  }
  return {};
}

core::Result<std::shared_ptr<const CachedPage>> PageTable::find(const std::string& key) {
  const std::scoped_lock lock(mutex_);
  const store::ResetAtEnd reset(*find_);
  find_->bind(1, key);
  core::Result<bool> has_row = find_->step();
  if (!has_row) return core::fail(std::move(has_row.error()));
  if (!*has_row) return nullptr;
  return read_row(*find_);
}

core::Result<void> PageTable::save(const std::vector<std::string>& keys, const CachedPage& page,
                                   std::int64_t now) {
  const std::scoped_lock lock(mutex_);
  core::Result<store::Transaction> transaction = store::Transaction::begin(database_);
  if (!transaction) return core::fail(std::move(transaction.error()));
  core::Result<std::int64_t> id = insert(page);
  if (!id) return core::fail(std::move(id.error()));
  for (const std::string& key : keys) {
    if (core::Result<void> pointed = point_key(key, *id); !pointed) return pointed;
  }
  if (core::Result<void> evicted = evict(now); !evicted) return evicted;
  return transaction->commit();
}

core::Result<std::int64_t> PageTable::insert(const CachedPage& cached) {
  const store::ResetAtEnd reset(*insert_);
  const PageText& page = cached.page;
  insert_->bind(1, page.text);
  insert_->bind(2, sha256(page.text));
  insert_->bind(3, page.title);
  insert_->bind(4, page.site_name);
  insert_->bind(5, page.published);
  insert_->bind(6, page.canonical_url);
  insert_->bind(7, page.charset);
  insert_->bind(8, static_cast<std::int64_t>(page.removed_invisible_chars));
  insert_->bind(9, cached.final_url);
  insert_->bind(10, cached.etag);
  insert_->bind(11, cached.last_modified);
  insert_->bind(12, cached.validated_at);
  insert_->bind(13, static_cast<std::int64_t>(cached.size_bytes()));
  core::Result<bool> has_row = insert_->step();
  if (!has_row) return core::fail(std::move(has_row.error()));
  return insert_->column_int64(0);
}

core::Result<void> PageTable::point_key(const std::string& key, std::int64_t page_id) {
  find_id_->bind(1, key);
  core::Result<bool> had_page = find_id_->step();
  if (!had_page) return core::fail(std::move(had_page.error()));
  const std::int64_t old_id = *had_page ? find_id_->column_int64(0) : page_id;
  find_id_->reset();
  point_->bind(1, key);
  point_->bind(2, page_id);
  if (core::Result<void> pointed = point_->run(); !pointed || old_id == page_id) return pointed;
  drop_unnamed_->bind(1, old_id);
  return drop_unnamed_->run();
}

core::Result<void> PageTable::evict(std::int64_t now) {
  drop_old_->bind(1, now - bounds_.max_age_seconds);
  if (core::Result<void> dropped = drop_old_->run(); !dropped) return dropped;
  drop_excess_->bind(1, bounds_.max_bytes);
  return drop_excess_->run();
}

}  // namespace graphrail::page

#include "quota/charge_table.h"

#include <utility>

namespace graphrail::quota {
ChargeTable::~ChargeTable() {
  // The lists do not own; they must let go before the records die.
  open_.clear();
  ended_.clear();
}

bool ChargeTable::contains(std::string_view request_id) const {
  const HashedText hashed(request_id);
  const Shard& shard = shard_of(hashed);
  const std::scoped_lock lock(shard.mutex);
  return shard.records.contains(hashed);
}

ChargeRecord* ChargeTable::find(std::string_view request_id) {
  const HashedText hashed(request_id);
  Shard& shard = shard_of(hashed);
  // No lock: only this thread changes the map, and others reading it meanwhile do no harm.
  const auto found = shard.records.find(hashed);
  return found == shard.records.end() ? nullptr : found->second.get();
}

ChargeRecord& ChargeTable::insert(std::unique_ptr<ChargeRecord> record) {
  ChargeRecord& inserted = *record;
  enlist(inserted);
  const HashedText hashed(inserted.request_id);
  Shard& shard = shard_of(hashed);
  const std::scoped_lock lock(shard.mutex);
  shard.records.emplace(hashed, std::move(record));
  return inserted;
}

void ChargeTable::erase(ChargeRecord& record) {
  unlist(record);
  const HashedText hashed(record.request_id);
  Shard& shard = shard_of(hashed);
  const std::scoped_lock lock(shard.mutex);
  shard.records.erase(shard.records.find(hashed));
}

void ChargeTable::relist(ChargeRecord& record) {
  unlist(record);
  enlist(record);
}

ChargeRecord* ChargeTable::first_open() noexcept {
  return open_.empty() ? nullptr : &*open_.begin();
}

void ChargeTable::forget_ended(std::int64_t before, std::size_t most) {
  while (!ended_.empty() && (ended_.begin()->ended_at < before || ended_.size() > most)) {
    erase(*ended_.begin());
  }
}

void ChargeTable::enlist(ChargeRecord& record) noexcept {
  record.is_listed_as_open_ = record.state == ChargeState::kOpen;
  record.listed_at_ = record.is_listed_as_open_ ? record.lease_end : record.ended_at;
  List& list = record.is_listed_as_open_ ? open_ : ended_;
  list.insert(list.cend(), record);
}

void ChargeTable::unlist(ChargeRecord& record) noexcept {
  List& list = record.is_listed_as_open_ ? open_ : ended_;
  list.erase(list.iterator_to(record));
}

// The high bits, because the maps use the low ones.
ChargeTable::Shard& ChargeTable::shard_of(const HashedText& request_id) noexcept {
  return shards_[request_id.hash >> 60U];
}

const ChargeTable::Shard& ChargeTable::shard_of(const HashedText& request_id) const noexcept {
  return shards_[request_id.hash >> 60U];
}

}  // namespace graphrail::quota

#include "quota/charge_table.h"

#include <functional>
#include <utility>

namespace graphrail::quota {
namespace {

std::size_t shard_number(std::string_view request_id, std::size_t shards) noexcept {
  return (std::hash<std::string_view>{}(request_id) >> 32U) % shards;
}

}  // namespace

ChargeTable::~ChargeTable() {
  // The lists do not own; they must let go before the records die.
  open_.clear();
  ended_.clear();
}

bool ChargeTable::contains(std::string_view request_id) const {
  const Shard& shard = shard_of(request_id);
  const std::scoped_lock lock(shard.mutex);
  return shard.records.contains(request_id);
}

ChargeRecord* ChargeTable::find(std::string_view request_id) {
  Shard& shard = shard_of(request_id);
  const std::scoped_lock lock(shard.mutex);
  const auto found = shard.records.find(request_id);
  return found == shard.records.end() ? nullptr : found->second.get();
}

ChargeRecord& ChargeTable::insert(std::unique_ptr<ChargeRecord> record) {
  ChargeRecord& inserted = *record;
  enlist(inserted);
  Shard& shard = shard_of(inserted.request_id);
  const std::scoped_lock lock(shard.mutex);
  shard.records.emplace(inserted.request_id, std::move(record));
  return inserted;
}

void ChargeTable::erase(ChargeRecord& record) {
  unlist(record);
  Shard& shard = shard_of(record.request_id);
  const std::scoped_lock lock(shard.mutex);
  shard.records.erase(shard.records.find(record.request_id));
}

void ChargeTable::relist(ChargeRecord& record) {
  unlist(record);
  enlist(record);
}

ChargeRecord* ChargeTable::first_open() noexcept {
  return open_.empty() ? nullptr : &open_.front();
}

void ChargeTable::forget_ended(std::int64_t before, std::size_t most) {
  while (!ended_.empty() && (ended_.front().ended_at < before || ended_.size() > most)) {
    erase(ended_.front());
  }
}

void ChargeTable::enlist(ChargeRecord& record) noexcept {
  record.is_listed_as_open_ = record.state == ChargeState::kOpen;
  (record.is_listed_as_open_ ? open_ : ended_).push_back(record);
}

void ChargeTable::unlist(ChargeRecord& record) noexcept {
  List& list = record.is_listed_as_open_ ? open_ : ended_;
  list.erase(list.iterator_to(record));
}

ChargeTable::Shard& ChargeTable::shard_of(std::string_view request_id) noexcept {
  return shards_[shard_number(request_id, kShards)];
}

const ChargeTable::Shard& ChargeTable::shard_of(std::string_view request_id) const noexcept {
  return shards_[shard_number(request_id, kShards)];
}

}  // namespace graphrail::quota

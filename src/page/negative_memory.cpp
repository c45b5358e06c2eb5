#include "page/negative_memory.h"

#include "net/fetch_error.h"
#include "page/page_error.h"

namespace graphrail::page {

bool is_lasting(const core::Error& error) noexcept {
  if (error.code().category() == make_error_code(PageError::kNotFound).category()) return true;
  if (error.code().category() != net::fetch_category()) return false;
  switch (static_cast<net::FetchError>(error.code().value())) {
    case net::FetchError::kNotFound:
    case net::FetchError::kBlocked:
    case net::FetchError::kBotChallenge:
    case net::FetchError::kPaywall:
    case net::FetchError::kLoginRequired:
    case net::FetchError::kUnsupportedType:
    case net::FetchError::kTooLarge:
    case net::FetchError::kEmpty:
    case net::FetchError::kRobotsDisallowed:
      return true;
    default:
      return false;
  }
}

bool is_outage(const core::Error& error) noexcept {
  if (error.code().category() != net::fetch_category() || net::is_refusal(error)) return false;
  switch (static_cast<net::FetchError>(error.code().value())) {
    case net::FetchError::kUnreachable:
    case net::FetchError::kTlsError:
    case net::FetchError::kTimeout:
    case net::FetchError::kBadResponse:
    case net::FetchError::kBadEncoding:
    case net::FetchError::kRateLimited:
    case net::FetchError::kUpstreamError:
    case net::FetchError::kOverloaded:
      return true;
    default:
      return false;
  }
}

std::optional<core::Error> NegativeMemory::recall(const std::string& key, std::int64_t now) {
  const std::scoped_lock lock(mutex_);
  const auto found = entries_.find(key);
  if (found == entries_.end()) return std::nullopt;
  if (found->second.expires_at <= now) {
    entries_.erase(found);
    return std::nullopt;
  }
  return found->second.error;
}

void NegativeMemory::remember(std::string key, core::Error error, std::int64_t expires_at) {
  const std::scoped_lock lock(mutex_);
  if (entries_.size() >= kMaxEntries) entries_.clear();
  entries_.insert_or_assign(std::move(key), Entry{std::move(error), expires_at});
}

void NegativeMemory::forget(const std::string& key) {
  const std::scoped_lock lock(mutex_);
  entries_.erase(key);
}

}  // namespace graphrail::page

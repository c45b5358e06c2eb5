// The issuer's keys as they are known now. Fetched on first use, renewed in the background once
// they are some minutes old, asked for anew when a token names an unknown key (not more often than
// a limit), and kept for a day while the issuer is down. One fetch at a time, whoever asks.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>

#include "core/clock.h"
#include "core/result.h"
#include "identity/jwks.h"
#include "identity/key_source.h"

namespace graphrail::identity {

struct IssuerKeysOptions {
  /// Older keys are renewed in the background while they serve.
  std::chrono::seconds fresh_for{600};
  /// For keys older than this callers wait for the renewal, and fall back to them if it fails: a
  /// withdrawn key must not serve the first caller after a quiet night.
  std::chrono::seconds wait_after{3'600};
  /// Older keys are not used at all.
  std::chrono::seconds usable_for{86'400};
  /// Between two fetches, whatever tokens ask for.
  std::chrono::seconds min_interval{30};
  /// The same after a fetch that failed.
  std::chrono::seconds retry_after{5};
};

/// Safe from any thread. Fetches run on the executor of whoever caused them and outlive the caller.
class IssuerKeys {
 public:
  using Keys = std::shared_ptr<const KeySet>;

  IssuerKeys(std::shared_ptr<KeySource> source, std::shared_ptr<const core::Clock> clock,
             IssuerKeysOptions options = {});

  /// The keys to check a token with. Fails with kKeysUnavailable and seconds to retry after.
  boost::asio::awaitable<core::Result<Keys>> current();

  /// The keys after a renewal that was due, for a token whose key is not among current(). Fails
  /// with kKeysUnavailable when the last fetch failed: the key may exist.
  boost::asio::awaitable<core::Result<Keys>> renewed();

  /// What is known without asking; null before the first fetch. The same pointer as long as the
  /// issuer answers with the same text.
  [[nodiscard]] Keys known() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace graphrail::identity

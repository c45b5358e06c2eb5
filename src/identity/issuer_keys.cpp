#include "identity/issuer_keys.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <exception>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "core/single_flight.h"
#include "identity/identity_error.h"

namespace graphrail::identity {
namespace {

namespace asio = boost::asio;
using SteadyTime = core::Clock::SteadyTime;

enum class Need { kNothing, kBackgroundRenewal, kRenewal };

}  // namespace

struct IssuerKeys::State {
  State(std::shared_ptr<KeySource> source_in, std::shared_ptr<const core::Clock> clock_in,
        IssuerKeysOptions options_in)
      : source(std::move(source_in)), clock(std::move(clock_in)), options(options_in) {}

  const std::shared_ptr<KeySource> source;
  const std::shared_ptr<const core::Clock> clock;
  const IssuerKeysOptions options;
  core::SingleFlight<bool> flights;

  mutable std::mutex mutex;
  Keys keys;
  /// The text `keys` were read from: when it comes again, they stay the same object.
  std::string text;
  SteadyTime loaded_at;
  std::optional<SteadyTime> asked_at;
  bool has_failed = false;
  /// Why; for the log.
  std::string cause;

  /// When the next fetch may begin. The lock is held.
  [[nodiscard]] SteadyTime next_fetch() const {
    if (!asked_at) return SteadyTime::min();
    return *asked_at + (has_failed ? options.retry_after : options.min_interval);
  }

  [[nodiscard]] Need find_need() const {
    const std::scoped_lock lock(mutex);
    const SteadyTime now = clock->steady_now();
    // Once a renewal has failed nobody waits for the next one, or an outage would slow down
    // everyone.
    if (!keys || (now - loaded_at > options.wait_after && !has_failed)) return Need::kRenewal;
    const bool is_due = now - loaded_at > options.fresh_for && now >= next_fetch();
    return is_due ? Need::kBackgroundRenewal : Need::kNothing;
  }

  /// True when the caller is to fetch.
  [[nodiscard]] bool begin_fetch() {
    const std::scoped_lock lock(mutex);
    const SteadyTime now = clock->steady_now();
    if (now < next_fetch()) return false;
    asked_at = now;
    return true;
  }

  void note_failure(std::string why) {
    const std::scoped_lock lock(mutex);
    has_failed = true;
    cause = std::move(why);
    // The pause begins now, however long the fetch took.
    asked_at = clock->steady_now();
  }

  void take(const core::Result<std::string>& fetched) {
    if (!fetched) return note_failure(fetched.error().private_cause());
    auto set = KeySet::parse(*fetched);
    if (!set) return note_failure(set.error().private_cause());
    const std::scoped_lock lock(mutex);
    has_failed = false;
    loaded_at = clock->steady_now();
    if (keys && text == *fetched) return;
    keys = std::make_shared<const KeySet>(std::move(*set));
    text = *fetched;
  }

  [[nodiscard]] core::Error unavailable() const {
    const auto wait = std::chrono::ceil<std::chrono::seconds>(next_fetch() - clock->steady_now());
    return identity_error(IdentityError::kKeysUnavailable, cause)
        .with_retry_after_seconds(static_cast<int>(std::clamp<std::int64_t>(wait.count(), 1, 60)));
  }

  /// Keys that may still be used.
  [[nodiscard]] core::Result<Keys> usable() const {
    const std::scoped_lock lock(mutex);
    if (!keys || clock->steady_now() - loaded_at > options.usable_for) {
      return core::fail(unavailable());
    }
    return keys;
  }

  [[nodiscard]] core::Result<Keys> last_fetched() const {
    const std::scoped_lock lock(mutex);
    if (!keys || has_failed) return core::fail(unavailable());
    return keys;
  }
};

namespace {

template <class State>
asio::awaitable<bool> fetch_if_due(std::shared_ptr<State> state) {
  if (!state->begin_fetch()) co_return false;
  try {
    auto fetching = state->source->fetch();
    const core::Result<std::string> fetched = co_await std::move(fetching);
    state->take(fetched);
  } catch (const std::exception& thrown) {
    // Callers learn of it as of any other failure; the server may be going down.
    state->note_failure(thrown.what());
  }
  co_return true;
}

/// Joins the fetch under way, or begins one if it is due.
template <class State>
asio::awaitable<void> renew(std::shared_ptr<State> state) {
  core::SingleFlight<bool>::Work work = [state] { return fetch_if_due(state); };
  auto flight = state->flights.run("keys", std::move(work));
  (void)co_await std::move(flight);
}

}  // namespace

IssuerKeys::IssuerKeys(std::shared_ptr<KeySource> source, std::shared_ptr<const core::Clock> clock,
                       IssuerKeysOptions options)
    : state_(std::make_shared<State>(std::move(source), std::move(clock), options)) {}

asio::awaitable<core::Result<IssuerKeys::Keys>> IssuerKeys::current() {
  // This object may go while a fetch is under way; the state stays.
  const std::shared_ptr<State> state = state_;
  const Need need = state->find_need();
  if (need == Need::kBackgroundRenewal) {
    const auto executor = co_await asio::this_coro::executor;
    asio::co_spawn(executor, renew(state), asio::detached);
  } else if (need == Need::kRenewal) {
    auto renewing = renew(state);
    co_await std::move(renewing);
  }
  co_return state->usable();
}

asio::awaitable<core::Result<IssuerKeys::Keys>> IssuerKeys::renewed() {
  const std::shared_ptr<State> state = state_;
  auto renewing = renew(state);
  co_await std::move(renewing);
  co_return state->last_fetched();
}

IssuerKeys::Keys IssuerKeys::known() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->keys;
}

}  // namespace graphrail::identity

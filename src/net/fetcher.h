// The safe page fetcher: every hop is parsed, judged, resolved, judged again, pinned and guarded;
// one deadline covers all of it. Runs on a strand of the given executor; safe to call from any
// thread. The object must not outlive its executor's context.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>

#include "core/clock.h"
#include "core/result.h"
#include "net/connector.h"
#include "net/fetch.h"
#include "net/resolver.h"

namespace graphrail::net {

/// What the fetcher works with; connector and observer may be left empty.
struct FetchDependencies {
  std::shared_ptr<Resolver> resolver;
  std::shared_ptr<Connector> connector;
  std::shared_ptr<FetchObserver> observer;
  /// The wall side reads dates in Retry-After; the steady side must run with Asio's timers.
  std::shared_ptr<const core::Clock> clock;
};

class Fetcher {
 public:
  Fetcher(const boost::asio::any_io_executor& executor, FetchOptions options,
          FetchDependencies dependencies);

  /// Fetches one page. Fails with FetchError values; the public text never tells a refused address
  /// from an unknown name. Throws operation_aborted when cancelled; the connection is closed then.
  [[nodiscard]] boost::asio::awaitable<core::Result<FetchedPage>> fetch(FetchRequest request) const;

  struct State;

 private:
  std::shared_ptr<State> state_;
};

}  // namespace graphrail::net

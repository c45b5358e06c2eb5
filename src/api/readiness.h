// Whether requests should be sent here: what the load balancer's question /readyz depends on.
#pragma once

#include <boost/asio/awaitable.hpp>

namespace graphrail::api {

/// Implemented by whoever knows the parts' states. Safe from any thread.
class Readiness {
 public:
  virtual ~Readiness() = default;
  /// True from the moment a stop was asked for: running requests finish, new ones go elsewhere.
  [[nodiscard]] virtual bool is_draining() const noexcept = 0;
  /// True when the graph store answers a read now.
  virtual boost::asio::awaitable<bool> is_store_ready() = 0;
};

}  // namespace graphrail::api

// Name resolution behind an interface, so that tests can give mixed, empty and changing answers.
// Implementations never block the caller's executor.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "core/result.h"

namespace graphrail::net {

/// A look-up. `absolute` = ask for the name as it is from the root ("name."), without search lists
/// and hosts files; off only for names the operator opened.
class ResolveQuery {
 public:
  ResolveQuery(std::string name, bool absolute, std::chrono::steady_clock::time_point deadline)
      : name(std::move(name)), absolute(absolute), deadline(deadline) {}

  std::string name;
  bool absolute;
  std::chrono::steady_clock::time_point deadline;
};

class Resolver {
 public:
  virtual ~Resolver() = default;
  /// All A and AAAA answers, without duplicates. Fails with FetchError::kUnreachable when there is
  /// none, FetchError::kTimeout at the deadline, FetchError::kOverloaded when too many are waiting.
  virtual boost::asio::awaitable<core::Result<std::vector<boost::asio::ip::address>>> resolve(
      ResolveQuery query) = 0;
};

struct SystemResolverOptions {
  std::size_t threads = 8;
  /// Look-ups under way, those included whose caller has given up.
  std::size_t max_pending = 64;
};

/// The operating system's resolver (getaddrinfo) on a pool of its own threads. A look-up that its
/// caller abandoned keeps its thread until the system's own time-out, and destruction waits for it.
/// Must be destroyed before the contexts its callers run on.
[[nodiscard]] std::shared_ptr<Resolver> make_system_resolver(SystemResolverOptions options = {});

}  // namespace graphrail::net

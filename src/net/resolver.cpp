#include "net/resolver.h"

#include <netdb.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>

#include "net/fetch_error.h"

namespace graphrail::net {
namespace {

namespace asio = boost::asio;
using Addresses = std::vector<asio::ip::address>;

struct FreeAddrinfo {
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};

/// Blocking; runs on the pool.
core::Result<Addresses> look_up(const std::string& name) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* raw = nullptr;
  const int rc = getaddrinfo(name.c_str(), nullptr, &hints, &raw);
  const std::unique_ptr<addrinfo, FreeAddrinfo> list(raw);
  if (rc != 0) {
    return fail_fetch(FetchError::kUnreachable, "dns: " + std::string(gai_strerror(rc)));
  }
  Addresses addresses;
  for (const addrinfo* item = list.get(); item != nullptr; item = item->ai_next) {
    asio::ip::tcp::endpoint endpoint;
    if (item->ai_addrlen > endpoint.capacity()) continue;
    endpoint.resize(item->ai_addrlen);
    std::copy_n(reinterpret_cast<const char*>(item->ai_addr), item->ai_addrlen,
                reinterpret_cast<char*>(endpoint.data()));
    if (std::ranges::find(addresses, endpoint.address()) == addresses.end()) {
      addresses.push_back(endpoint.address());
    }
  }
  if (addresses.empty()) return fail_fetch(FetchError::kUnreachable, "dns: no address");
  return addresses;
}

/// Shared by the caller and the pool thread; whoever is last frees it. `done` is touched only on
/// the caller's executor.
struct Lookup {
  explicit Lookup(const asio::any_io_executor& executor) : done(executor) {}
  asio::steady_timer done;
  std::optional<core::Result<Addresses>> result;
};

class SystemResolver final : public Resolver {
 public:
  explicit SystemResolver(SystemResolverOptions options)
      : options_(options), pool_(options.threads) {}
  ~SystemResolver() override {
    pool_.stop();
    pool_.join();
  }

  asio::awaitable<core::Result<Addresses>> resolve(ResolveQuery query) override {
    if (pending_->fetch_add(1) >= options_.max_pending) {
      pending_->fetch_sub(1);
      co_return fail_fetch(FetchError::kOverloaded, "dns: too many look-ups");
    }
    const auto executor = co_await asio::this_coro::executor;
    auto lookup = std::make_shared<Lookup>(executor);
    lookup->done.expires_at(query.deadline);
    start(std::move(query), executor, lookup);
    const auto token = asio::as_tuple(asio::use_awaitable);
    co_await lookup->done.async_wait(token);
    if (lookup->result) co_return std::move(*lookup->result);
    co_return fail_fetch(FetchError::kTimeout, "dns: no answer in time");
  }

 private:
  void start(ResolveQuery query, asio::any_io_executor executor, std::shared_ptr<Lookup> lookup) {
    asio::post(pool_, [query = std::move(query), executor = std::move(executor),
                       lookup = std::move(lookup), pending = pending_]() mutable {
      std::vector<std::string> names;
      names.push_back(query.name + ".");
      if (!query.absolute) names.push_back(query.name);
      auto found = look_up(names.front());
      if (!found && names.size() > 1) found = look_up(names.back());
      pending->fetch_sub(1);
      asio::post(executor, [lookup = std::move(lookup), found = std::move(found)]() mutable {
        lookup->result = std::move(found);
        lookup->done.cancel();
      });
    });
  }

  SystemResolverOptions options_;
  std::shared_ptr<std::atomic<std::size_t>> pending_ =
      std::make_shared<std::atomic<std::size_t>>(0);
  asio::thread_pool pool_;
};

}  // namespace

std::shared_ptr<Resolver> make_system_resolver(SystemResolverOptions options) {
  return std::make_shared<SystemResolver>(options);
}

}  // namespace graphrail::net

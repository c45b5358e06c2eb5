#include "support/origin/loopback_world.h"

#include <boost/asio/co_spawn.hpp>
#include <optional>
#include <stdexcept>

#include "net/fetch_error.h"

namespace graphrail::test_support {

namespace asio = boost::asio;

Addresses addresses(const std::vector<std::string>& texts) {
  Addresses out;
  for (const std::string& text : texts) out.push_back(asio::ip::make_address(text));
  return out;
}

asio::awaitable<core::Result<Addresses>> TableResolver::resolve(net::ResolveQuery query) {
  asked_.push_back(query.name);
  Addresses answer = fallback_;
  if (const auto found = answers_.find(query.name); found != answers_.end()) {
    answer = found->second.front();
    if (found->second.size() > 1) found->second.pop_front();
  }
  if (answer.empty()) co_return net::fail_fetch(net::FetchError::kUnreachable, "dns: no such name");
  co_return answer;
}

asio::ip::tcp::endpoint LoopbackConnector::route(const asio::ip::tcp::endpoint& vetted) {
  dialled_.push_back(vetted.address().to_string());
  return {asio::ip::address_v4::loopback(), port_};
}

LoopbackWorld::LoopbackWorld(OriginOptions origin, OriginScript script)
    : ca_file_(origin.authority != nullptr ? origin.authority->pem_file() : std::string()),
      origin_(std::make_unique<Origin>(std::move(origin), std::move(script))) {
  connector = std::make_shared<LoopbackConnector>(origin_->port());
}

net::FetchOptions LoopbackWorld::options() const {
  net::FetchOptions options;
  options.ca_file = ca_file_;
  options.pacing.rate_per_second = 0;
  return options;
}

net::FetchDependencies LoopbackWorld::dependencies() const {
  net::FetchDependencies dependencies;
  dependencies.resolver = resolver;
  dependencies.connector = connector;
  dependencies.observer = log;
  return dependencies;
}

core::Result<net::FetchedPage> fetch_now(const net::FetchOptions& options,
                                         const net::FetchDependencies& dependencies,
                                         net::FetchRequest request) {
  asio::io_context context;
  const net::Fetcher fetcher(context.get_executor(), options, dependencies);
  std::optional<core::Result<net::FetchedPage>> result;
  std::exception_ptr thrown;
  asio::co_spawn(context, fetcher.fetch(std::move(request)),
                 [&](std::exception_ptr error, core::Result<net::FetchedPage> page) {
                   thrown = error;
                   result = std::move(page);
                 });
  context.run();
  if (thrown) std::rethrow_exception(thrown);
  return std::move(*result);
}

CertificateAuthority& shared_authority() {
  static CertificateAuthority authority;
  return authority;
}

}  // namespace graphrail::test_support

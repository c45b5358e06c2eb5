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
  dependencies.clock = std::make_shared<core::SystemClock>();
  return dependencies;
}

std::vector<core::Result<net::FetchedPage>> FetchClient::fetch_all(
    std::vector<net::FetchRequest> requests) {
  std::vector<std::optional<core::Result<net::FetchedPage>>> slots(requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    asio::co_spawn(context_, fetcher_.fetch(std::move(requests[i])),
                   [&slots, i](std::exception_ptr error, core::Result<net::FetchedPage> page) {
                     if (error) std::rethrow_exception(error);
                     slots[i] = std::move(page);
                   });
  }
  context_.restart();
  context_.run();
  std::vector<core::Result<net::FetchedPage>> results;
  for (auto& slot : slots) results.push_back(std::move(slot.value()));
  return results;
}

core::Result<net::FetchedPage> FetchClient::fetch(net::FetchRequest request) {
  std::vector<net::FetchRequest> one;
  one.push_back(std::move(request));
  return std::move(fetch_all(std::move(one)).front());
}

core::Result<net::FetchedPage> FetchClient::fetch(std::string url) {
  net::FetchRequest request;
  request.url = std::move(url);
  return fetch(std::move(request));
}

CertificateAuthority& shared_authority() {
  static CertificateAuthority authority;
  return authority;
}

}  // namespace graphrail::test_support

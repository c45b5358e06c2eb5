// The internet as a fetch under test sees it: names from a table, public addresses that all lead to
// one scripted server on loopback, and a record of what was looked up, dialled and reported.
#pragma once

#include <boost/asio/io_context.hpp>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "net/fetcher.h"
#include "support/origin/origin.h"

namespace graphrail::test_support {

using Addresses = std::vector<boost::asio::ip::address>;

[[nodiscard]] Addresses addresses(const std::vector<std::string>& texts);

/// Answers from a table; a name that is not listed answers `fallback`.
class TableResolver final : public net::Resolver {
 public:
  /// The same answer every time; an empty one is "no such name".
  void set(const std::string& name, Addresses answer) { answers_[name] = {std::move(answer)}; }
  /// Successive answers; the last one stays.
  void set_sequence(const std::string& name, std::deque<Addresses> answers) {
    answers_[name] = std::move(answers);
  }
  void set_fallback(Addresses answer) { fallback_ = std::move(answer); }

  boost::asio::awaitable<core::Result<Addresses>> resolve(net::ResolveQuery query) override;

  [[nodiscard]] const std::vector<std::string>& asked() const noexcept { return asked_; }

 private:
  std::map<std::string, std::deque<Addresses>> answers_;
  Addresses fallback_ = addresses({"1.1.1.1"});
  std::vector<std::string> asked_;
};

/// Leads every vetted address to one port on loopback and remembers the address.
class LoopbackConnector final : public net::Connector {
 public:
  explicit LoopbackConnector(std::uint16_t port) : port_(port) {}
  boost::asio::ip::tcp::endpoint route(const boost::asio::ip::tcp::endpoint& vetted) override;
  [[nodiscard]] const std::vector<std::string>& dialled() const noexcept { return dialled_; }

 private:
  std::uint16_t port_;
  std::vector<std::string> dialled_;
};

/// The wall stands still, the steady clock runs: dates are as the test says, timers are real.
class FixedWallClock final : public core::Clock {
 public:
  explicit FixedWallClock(WallTime now) : now_(now) {}
  [[nodiscard]] WallTime wall_now() const noexcept override { return now_; }
  [[nodiscard]] SteadyTime steady_now() const noexcept override {
    return std::chrono::steady_clock::now();
  }

 private:
  WallTime now_;
};

class ReceiptLog final : public net::FetchObserver {
 public:
  void on_hop(const net::HopReceipt& receipt) override { receipts.push_back(receipt); }
  std::vector<net::HopReceipt> receipts;
};

/// An origin and the client side that reaches it under any public name.
class LoopbackWorld {
 public:
  LoopbackWorld(OriginOptions origin, OriginScript script);

  /// Options for a fetch in this world: trust in its authority, no pacing.
  [[nodiscard]] net::FetchOptions options() const;
  [[nodiscard]] net::FetchDependencies dependencies() const;
  [[nodiscard]] Origin& origin() noexcept { return *origin_; }
  [[nodiscard]] const Origin& origin() const noexcept { return *origin_; }

  std::shared_ptr<TableResolver> resolver = std::make_shared<TableResolver>();
  std::shared_ptr<LoopbackConnector> connector;
  std::shared_ptr<ReceiptLog> log = std::make_shared<ReceiptLog>();

 private:
  std::string ca_file_;
  std::unique_ptr<Origin> origin_;
};

/// A fetcher on a context of its own, run by the calling thread.
class FetchClient {
 public:
  FetchClient(const net::FetchOptions& options, const net::FetchDependencies& dependencies)
      : fetcher_(context_.get_executor(), options, dependencies) {}

  /// Fetches all of them at once and waits for the last; results in the order of the requests.
  std::vector<core::Result<net::FetchedPage>> fetch_all(std::vector<net::FetchRequest> requests);
  core::Result<net::FetchedPage> fetch(net::FetchRequest request);
  core::Result<net::FetchedPage> fetch(std::string url);

  [[nodiscard]] boost::asio::io_context& context() noexcept { return context_; }
  [[nodiscard]] const net::Fetcher& fetcher() const noexcept { return fetcher_; }

 private:
  boost::asio::io_context context_;
  net::Fetcher fetcher_;
};

/// The process's one authority: keys are costly, and no test needs its own.
[[nodiscard]] CertificateAuthority& shared_authority();

}  // namespace graphrail::test_support

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

  std::shared_ptr<TableResolver> resolver = std::make_shared<TableResolver>();
  std::shared_ptr<LoopbackConnector> connector;
  std::shared_ptr<ReceiptLog> log = std::make_shared<ReceiptLog>();

 private:
  std::string ca_file_;
  std::unique_ptr<Origin> origin_;
};

/// Fetches one page on a context of its own and waits for the end.
[[nodiscard]] core::Result<net::FetchedPage> fetch_now(const net::FetchOptions& options,
                                                       const net::FetchDependencies& dependencies,
                                                       net::FetchRequest request);

/// The process's one authority: keys are costly, and no test needs its own.
[[nodiscard]] CertificateAuthority& shared_authority();

}  // namespace graphrail::test_support

// A ledger that writes down what it is asked and passes it on to another, or fails in its place:
// before it, as a store that is away does, or after it, as a reply does that is lost. For one
// thread.
#pragma once

#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "quota/ledger.h"

namespace graphrail::test {

class RecordingLedger final : public quota::Ledger {
 public:
  explicit RecordingLedger(quota::Ledger& real) : real_(real) {}

  boost::asio::awaitable<core::Result<quota::Charge>> charge(
      std::string request_id, std::vector<quota::Claim> claims) override {
    std::string line = "charge";
    for (const quota::Claim& claim : claims) {
      line += fmt::format(" {} {}/{}", claim.subject.text(), claim.cost, claim.limit);
    }
    calls.push_back(std::move(line));
    ids.push_back(request_id);
    if (is_away) co_return fail();
    auto charging = real_.charge(std::move(request_id), std::move(claims));
    core::Result<quota::Charge> charge = co_await std::move(charging);
    if (loses_replies) co_return fail();
    co_return charge;
  }
  boost::asio::awaitable<core::Result<void>> settle(std::string request_id,
                                                    std::optional<std::uint64_t> spent) override {
    calls.push_back(spent ? fmt::format("settle {}", *spent) : std::string("settle"));
    ids.push_back(request_id);
    if (is_away) co_return fail();
    auto settling = real_.settle(std::move(request_id), spent);
    co_return co_await std::move(settling);
  }
  boost::asio::awaitable<core::Result<bool>> refund(std::string request_id) override {
    calls.emplace_back("refund");
    ids.push_back(request_id);
    if (is_away) co_return fail();
    auto refunding = real_.refund(std::move(request_id));
    co_return co_await std::move(refunding);
  }
  boost::asio::awaitable<core::Result<quota::Standing>> peek(quota::Subject subject,
                                                             std::uint64_t limit) override {
    calls.push_back("peek " + subject.text());
    if (is_away) co_return fail();
    auto peeking = real_.peek(std::move(subject), limit);
    co_return co_await std::move(peeking);
  }
  boost::asio::awaitable<core::Result<std::size_t>> reconcile() override {
    return real_.reconcile();
  }
  boost::asio::awaitable<bool> is_ready() override { return real_.is_ready(); }

  std::vector<std::string> calls;
  /// The request ids of charge, settle and refund, in order.
  std::vector<std::string> ids;
  bool is_away = false;
  bool loses_replies = false;

 private:
  static std::unexpected<core::Error> fail() {
    return core::fail(quota::LedgerError::kUnavailable, {"The ledger does not answer."}, {"away"});
  }

  quota::Ledger& real_;
};

}  // namespace graphrail::test

// The ledger: who has used how much of what. A charge is taken before money can be spent, stands
// once it was (settle), and is given back when it was not (refund). Counters belong to one window
// (quota/window.h) and are filed under a subject's text. Implementations are safe from any thread.
//
// One charge, by its request id:
//
//   (none) --charge--> open --settle--> settled     counted for good
//                       |----refund---> refunded    given back, final
//                       `--lease ends-> expired     given back; a late settle counts it again
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "quota/ledger_error.h"
#include "quota/subject.h"

namespace graphrail::quota {

/// What one charge wants from one counter.
struct Claim {
  Subject subject;
  /// The most this counter may reach; 0 admits nobody.
  std::uint64_t limit = 0;
  /// At least 1.
  std::uint64_t cost = 1;
  /// The cost is an estimate (tokens), which settle() replaces by what was spent. At most one claim
  /// of a charge.
  bool is_reservation = false;
};

/// The most claims of one charge: the caller's quota, the operator's budget, and room for more.
inline constexpr std::size_t kMostClaims = 4;
inline constexpr std::size_t kLongestRequestId = 128;

/// A counter as the caller sees it.
struct Standing {
  /// Never above `limit`, even when the limit was lowered or an estimate was too small.
  std::uint64_t used = 0;
  std::uint64_t limit = 0;
  /// Unix seconds at which the next window begins.
  std::int64_t reset = 0;

  [[nodiscard]] std::uint64_t remaining() const noexcept { return limit - used; }
  bool operator==(const Standing&) const = default;
};

/// The outcome of a charge: all claims were met, or none was.
struct Charge {
  bool admitted = false;
  /// The request id had been charged before; nothing was charged now.
  bool repeated = false;
  /// One for each claim, in their order; with an admission as of just after it.
  std::vector<Standing> standings;
  /// Index of the first claim that could not be met; 0 when admitted.
  std::size_t violated = 0;

  bool operator==(const Charge&) const = default;
};

class Ledger {
 public:
  virtual ~Ledger() = default;

  /// Admits all `claims` or none, atomically with all other calls, against the window of now. A
  /// denied try leaves no trace. A request id that was admitted before gets its first outcome
  /// again, with `repeated` set, for as long as it is remembered (an hour at least, unless a
  /// million others have ended since); once it was given back it fails with kAlreadyRefunded, so
  /// that a charge which arrives late cannot follow its own refund. An admission that was returned
  /// survives the death of the process; without an answer it is unknown whether one was made, and
  /// refund() puts that right. Not cancellable. Fails with LedgerError::kInvalidCharge,
  /// kAlreadyRefunded, kUnavailable; CoreError::kBusy.
  virtual boost::asio::awaitable<core::Result<Charge>> charge(std::string request_id,
                                                              std::vector<Claim> claims) = 0;

  /// The model has answered: the charge stands. `spent` replaces the reserved cost, upwards past
  /// the limit too, because it was spent. A second settle does nothing. Fails with kUnknownRequest
  /// (never admitted, or forgotten), kAlreadyRefunded, kUnavailable; CoreError::kBusy.
  virtual boost::asio::awaitable<core::Result<void>> settle(std::string request_id,
                                                            std::optional<std::uint64_t> spent) = 0;

  /// Gives an open charge back to the window it was taken from, once, never below zero: true when
  /// this call did. False, and nothing changes, after settle, after a refund and for an unknown
  /// request id. Fails with kUnavailable; CoreError::kBusy.
  virtual boost::asio::awaitable<core::Result<bool>> refund(std::string request_id) = 0;

  /// The counter in the window of now; never writes. Fails with kUnavailable.
  virtual boost::asio::awaitable<core::Result<Standing>> peek(Subject subject,
                                                              std::uint64_t limit) = 0;

  /// Gives back the charges whose lease has ended and says how many. A ledger does so by itself;
  /// this is for those who cannot wait. Fails with kUnavailable; CoreError::kBusy.
  virtual boost::asio::awaitable<core::Result<std::size_t>> reconcile() = 0;

  /// True when charges can be written now; for readiness.
  virtual boost::asio::awaitable<bool> is_ready() = 0;
};

/// Whether `claims` and `request_id` are as charge() wants them; kInvalidCharge says what is not.
[[nodiscard]] core::Result<void> check_charge(const std::string& request_id,
                                              const std::vector<Claim>& claims);

}  // namespace graphrail::quota

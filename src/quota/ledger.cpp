#include "quota/ledger.h"

#include <fmt/format.h>

#include <algorithm>

#include "quota/policy.h"

namespace graphrail::quota {
namespace {

std::unexpected<core::Error> invalid(std::string cause) {
  return core::fail(LedgerError::kInvalidCharge, {"The request could not be accounted for."},
                    {std::move(cause)});
}

}  // namespace

core::Result<void> check_charge(const std::string& request_id, const std::vector<Claim>& claims) {
  if (request_id.empty() || request_id.size() > kLongestRequestId) {
    return invalid(fmt::format("a request id of {} bytes", request_id.size()));
  }
  if (claims.empty() || claims.size() > kMostClaims) {
    return invalid(fmt::format("{} claims", claims.size()));
  }
  for (auto claim = claims.begin(); claim != claims.end(); ++claim) {
    if (claim->subject.text().empty()) return invalid("a claim without subject");
    if (claim->cost == 0 || claim->cost > kLargestQuota || claim->limit > kLargestQuota) {
      return invalid(fmt::format("a claim of {} on a limit of {}", claim->cost, claim->limit));
    }
    const auto is_same = [&](const Claim& other) { return other.subject == claim->subject; };
    if (std::any_of(claims.begin(), claim, is_same)) return invalid("two claims on one subject");
  }
  if (std::ranges::count_if(claims, &Claim::is_reservation) > 1) return invalid("two reservations");
  return {};
}

}  // namespace graphrail::quota

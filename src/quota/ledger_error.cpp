#include "quota/ledger_error.h"

#include <string>

namespace graphrail::quota {
namespace {

class LedgerCategory final : public std::error_category {
 public:
  const char* name() const noexcept override { return "quota"; }
  std::string message(int value) const override {
    switch (static_cast<LedgerError>(value)) {
      case LedgerError::kUnavailable:
        return "ledger unavailable";
      case LedgerError::kInvalidCharge:
        return "invalid charge";
      case LedgerError::kUnknownRequest:
        return "unknown request id";
      case LedgerError::kAlreadyRefunded:
        return "charge already refunded";
    }
    return "unknown ledger error";
  }
};

}  // namespace

std::error_code make_error_code(LedgerError error) noexcept {
  static const LedgerCategory category;
  return {static_cast<int>(error), category};
}

}  // namespace graphrail::quota

#include "quota/quota_error.h"

#include <string>

namespace graphrail::quota {
namespace {

class QuotaCategory final : public std::error_category {
 public:
  const char* name() const noexcept override { return "allowance"; }
  std::string message(int value) const override {
    switch (static_cast<QuotaError>(value)) {
      case QuotaError::kDailyUsedUp:
        return "daily quota used up";
      case QuotaError::kBudgetUsedUp:
        return "daily budget used up";
      case QuotaError::kTooManyRequests:
        return "too many requests";
      case QuotaError::kAbuse:
        return "too many refused credentials";
    }
    return "unknown quota error";
  }
};

}  // namespace

std::error_code make_error_code(QuotaError error) noexcept {
  static const QuotaCategory category;
  return {static_cast<int>(error), category};
}

}  // namespace graphrail::quota

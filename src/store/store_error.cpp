#include "store/store_error.h"

#include <string>

namespace graphrail::store {
namespace {

class StoreCategory final : public std::error_category {
 public:
  const char* name() const noexcept override { return "store"; }
  std::string message(int value) const override {
    switch (static_cast<StoreError>(value)) {
      case StoreError::kCannotOpen:
        return "cannot open database";
      case StoreError::kCorrupt:
        return "database is damaged";
      case StoreError::kNewerSchema:
        return "database has a newer schema";
      case StoreError::kBusy:
        return "database is locked";
      case StoreError::kConstraint:
        return "constraint violated";
      case StoreError::kFailed:
        return "database error";
      case StoreError::kInUse:
        return "in use by another process";
    }
    return "unknown store error";
  }
};

}  // namespace

std::error_code make_error_code(StoreError error) noexcept {
  static const StoreCategory category;
  return {static_cast<int>(error), category};
}

}  // namespace graphrail::store

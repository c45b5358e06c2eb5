#include "core/core_error.h"

#include <string>

namespace graphrail::core {
namespace {

class CoreCategory final : public std::error_category {
 public:
  const char* name() const noexcept override { return "core"; }
  std::string message(int value) const override {
    switch (static_cast<CoreError>(value)) {
      case CoreError::kBusy:
        return "work queue full";
      case CoreError::kStopping:
        return "stopping";
    }
    return "unknown core error";
  }
};

}  // namespace

std::error_code make_error_code(CoreError error) noexcept {
  static const CoreCategory category;
  return {static_cast<int>(error), category};
}

}  // namespace graphrail::core

#include "app/app_error.h"

#include <string>

namespace graphrail::app {
namespace {

class AppCategory final : public std::error_category {
 public:
  const char* name() const noexcept override { return "app"; }
  std::string message(int value) const override {
    switch (static_cast<AppError>(value)) {
      case AppError::kCannotRead:
        return "cannot read";
      case AppError::kInputTooLarge:
        return "input too large";
      case AppError::kCannotWrite:
        return "cannot write";
      case AppError::kForeignOutput:
        return "output file is not a batch's";
      case AppError::kOutputInUse:
        return "output file in use";
    }
    return "unknown app error";
  }
};

}  // namespace

std::error_code make_error_code(AppError error) noexcept {
  static const AppCategory category;
  return {static_cast<int>(error), category};
}

}  // namespace graphrail::app

#include "extract/extract_error.h"

#include <string>

namespace graphrail::extract {
namespace {

class ExtractCategory final : public std::error_category {
 public:
  const char* name() const noexcept override { return "extract"; }
  std::string message(int value) const override {
    switch (static_cast<ExtractError>(value)) {
      case ExtractError::kSchemaUnsupported:
        return "schema not supported by the engine";
    }
    return "unknown extract error";
  }
};

}  // namespace

std::error_code make_error_code(ExtractError error) noexcept {
  static const ExtractCategory category;
  return {static_cast<int>(error), category};
}

}  // namespace graphrail::extract

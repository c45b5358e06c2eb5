#include <string>

#include "generate/generate.h"

namespace graphrail::generate {
namespace {

class GenerateCategory final : public std::error_category {
 public:
  const char* name() const noexcept override { return "generate"; }
  std::string message(int value) const override {
    switch (static_cast<GenerateError>(value)) {
      case GenerateError::kInputTooShort:
        return "input too short";
      case GenerateError::kInputTooLong:
        return "input too long";
      case GenerateError::kEngineUnavailable:
        return "engine unavailable";
      case GenerateError::kSchemaUnsupported:
        return "schema not supported by the engine";
      case GenerateError::kInvalidUrl:
        return "invalid url";
      case GenerateError::kScrapeFailed:
        return "page could not be read";
      case GenerateError::kModelUnavailable:
        return "model unavailable";
      case GenerateError::kModelDeclined:
        return "model declined";
      case GenerateError::kClientGone:
        return "client gone";
      case GenerateError::kUrlUnsupported:
        return "addresses are not read";
    }
    return "unknown generate error";
  }
};

}  // namespace

std::error_code make_error_code(GenerateError error) noexcept {
  static const GenerateCategory category;
  return {static_cast<int>(error), category};
}

}  // namespace graphrail::generate

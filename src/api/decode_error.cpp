#include "api/decode_error.h"

#include <string>

namespace graphrail::api {
namespace {

class DecodeCategory final : public std::error_category {
 public:
  const char* name() const noexcept override { return "decode"; }
  std::string message(int value) const override {
    return std::string(reason_of(static_cast<DecodeError>(value)));
  }
};

}  // namespace

std::error_code make_error_code(DecodeError error) noexcept {
  static const DecodeCategory category;
  return {static_cast<int>(error), category};
}

std::string_view reason_of(DecodeError error) noexcept {
  switch (error) {
    case DecodeError::kUnsupportedMediaType:
      return "unsupported_media_type";
    case DecodeError::kEmptyBody:
      return "empty_body";
    case DecodeError::kInvalidUtf8:
      return "invalid_utf8";
    case DecodeError::kInvalidJson:
      return "invalid_json";
    case DecodeError::kTooDeep:
      return "too_deep";
    case DecodeError::kNotAnObject:
      return "not_an_object";
    case DecodeError::kMissingMember:
      return "missing";
    case DecodeError::kDuplicateMember:
      return "duplicate";
    case DecodeError::kWrongType:
      return "wrong_type";
    case DecodeError::kValueNotAllowed:
      return "not_allowed";
  }
  return "unknown";
}

}  // namespace graphrail::api

// Errors as values. An expected failure carries a code from its module's enum, a text the client
// may read, and a cause that only the log sees; the two texts are different types, so that a
// secret or an internal address cannot slip into a response by argument order.
#pragma once

#include <string>
#include <system_error>
#include <utility>

namespace graphrail::core {

/// Text that is safe to show to any client.
struct PublicText {
  std::string value;
};

/// Text for the operator's log: may name files, addresses and upstream messages, never secrets.
struct PrivateCause {
  std::string value;
};

/// A failure: what happened (`code`), what the client is told, what the log is told.
class Error {
 public:
  Error(std::error_code code, PublicText text, PrivateCause cause = {})
      : code_(code), text_(std::move(text.value)), cause_(std::move(cause.value)) {}

  [[nodiscard]] std::error_code code() const noexcept { return code_; }
  [[nodiscard]] const std::string& public_text() const noexcept { return text_; }
  [[nodiscard]] const std::string& private_cause() const noexcept { return cause_; }

  /// Name of the request field at fault (`input`, `engine`); empty when none is.
  [[nodiscard]] const std::string& field() const noexcept { return field_; }
  Error&& with_field(std::string field) && {
    field_ = std::move(field);
    return std::move(*this);
  }

  /// Finer machine-readable reason below the code (`js_required`); empty when there is none.
  [[nodiscard]] const std::string& reason() const noexcept { return reason_; }
  Error&& with_reason(std::string reason) && {
    reason_ = std::move(reason);
    return std::move(*this);
  }

  /// Seconds after which a retry may work; 0 when unknown.
  [[nodiscard]] int retry_after_seconds() const noexcept { return retry_after_seconds_; }
  Error&& with_retry_after_seconds(int seconds) && {
    retry_after_seconds_ = seconds;
    return std::move(*this);
  }

  [[nodiscard]] bool is(std::error_code code) const noexcept { return code_ == code; }

 private:
  std::error_code code_;
  std::string text_;
  std::string cause_;
  std::string field_;
  std::string reason_;
  int retry_after_seconds_ = 0;
};

}  // namespace graphrail::core

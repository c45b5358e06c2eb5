// Where unexpected failures go: those that are our fault and need a person. The log-only reporter
// is the default; another implementation may also send them to a service. Safe from any thread.
#pragma once

#include <memory>
#include <string_view>

namespace graphrail::observe {

/// One unexpected failure. The texts may name internals and reach only operators.
struct ErrorReport {
  /// What was being done: a route template or the name of a background job.
  std::string_view where;
  /// What went wrong, from the exception or the failed result.
  std::string_view cause;
  /// The request it happened in; empty for background work.
  std::string_view request_id;
};

class ErrorReporter {
 public:
  virtual ~ErrorReporter() = default;
  /// Never blocks and never throws.
  virtual void report(const ErrorReport& report) noexcept = 0;
};

/// Writes every report as one line of level error.
[[nodiscard]] std::shared_ptr<ErrorReporter> make_log_error_reporter();

}  // namespace graphrail::observe

#include "observe/error_reporter.h"

#include "observe/log.h"

namespace graphrail::observe {
namespace {

class LogErrorReporter final : public ErrorReporter {
 public:
  void report(const ErrorReport& report) noexcept override {
    try {
      log_error(
          "unexpected failure",
          {{"where", report.where}, {"cause", report.cause}, {"request_id", report.request_id}});
    } catch (...) {  // Out of memory: the failure being reported is already being answered.
    }
  }
};

}  // namespace

std::shared_ptr<ErrorReporter> make_log_error_reporter() {
  return std::make_shared<LogErrorReporter>();
}

}  // namespace graphrail::observe

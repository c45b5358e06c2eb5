#include "app/page_report.h"

#include <string>
#include <utility>

namespace graphrail::app {

PageReport::PageReport(std::shared_ptr<observe::Metrics> metrics)
    : metrics_(std::move(metrics)),
      readings_(metrics_->counter_family("graphrail_page_readings_total",
                                         "Pages asked for, by where their text came from or why "
                                         "there is none.")) {}

void PageReport::on_reading(page::PageOrigin origin) {
  readings_.Add({{"outcome", page::to_string(origin)}}).Increment();
}

// The reasons are those of the HTTP contract: a closed set.
void PageReport::on_failure(const core::Error& error) {
  const std::string outcome = error.reason().empty() ? "unavailable" : error.reason();
  readings_.Add({{"outcome", outcome}}).Increment();
}

}  // namespace graphrail::app

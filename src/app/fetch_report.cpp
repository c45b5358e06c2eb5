#include "app/fetch_report.h"

#include <string>

#include "observe/log.h"

namespace graphrail::app {
namespace {

const prometheus::Histogram::BucketBoundaries kSeconds = {0.01, 0.03, 0.1, 0.3, 1, 3, 10};

}  // namespace

FetchReport::FetchReport(std::shared_ptr<observe::Metrics> metrics)
    : metrics_(std::move(metrics)),
      hops_(metrics_->counter_family("graphrail_fetch_hops_total",
                                     "Requests to other sites by verdict.")),
      wire_bytes_(metrics_
                      ->counter_family("graphrail_fetch_wire_bytes_total",
                                       "Bytes received from other sites.")
                      .Add({})),
      decoded_bytes_(metrics_
                         ->counter_family("graphrail_fetch_decoded_bytes_total",
                                          "Bytes of pages after decompression.")
                         .Add({})),
      seconds_(metrics_
                   ->histogram_family("graphrail_fetch_hop_duration_seconds",
                                      "Time of one request to another site.")
                   .Add({}, kSeconds)) {}

void FetchReport::on_hop(const net::HopReceipt& receipt) {
  hops_.Add({{"verdict", receipt.verdict}}).Increment();
  wire_bytes_.Increment(static_cast<double>(receipt.wire_bytes));
  decoded_bytes_.Increment(static_cast<double>(receipt.decoded_bytes));
  seconds_.Observe(std::chrono::duration<double>(receipt.elapsed).count());
  const bool is_refusal =
      receipt.cause.starts_with("refused") || receipt.cause.starts_with("guard");
  const auto level = is_refusal ? observe::LogLevel::kWarn : observe::LogLevel::kDebug;
  if (!observe::is_log_enabled(level)) return;
  observe::log(level, "fetch hop",
               {{"hop", receipt.hop},
                {"url", receipt.url},
                {"verdict", receipt.verdict},
                {"tls_name", receipt.tls_name},
                {"status", receipt.status},
                {"wire_bytes", receipt.wire_bytes},
                {"decoded_bytes", receipt.decoded_bytes},
                {"ms", receipt.elapsed.count()},
                {"cause", receipt.cause}});
}

PageReport::PageReport(std::shared_ptr<observe::Metrics> metrics)
    : metrics_(std::move(metrics)),
      readings_(metrics_->counter_family("graphrail_page_readings_total",
                                         "Pages asked for, by where their text came from or why "
                                         "there is none.")) {}

void PageReport::on_reading(page::PageOrigin origin) {
  readings_.Add({{"outcome", page::to_string(origin)}}).Increment();
}

void PageReport::on_failure(const core::Error& error) {
  const std::string outcome = error.reason().empty() ? "unavailable" : error.reason();
  readings_.Add({{"outcome", outcome}}).Increment();
}

}  // namespace graphrail::app

#include "net/fetch_log.h"

#include <string_view>

#include "observe/log.h"

namespace graphrail::net {
namespace {

const prometheus::Histogram::BucketBoundaries kSeconds = {0.01, 0.03, 0.1, 0.3, 1, 3, 10};

std::string_view without_query(std::string_view url) { return url.substr(0, url.find('?')); }

class FetchLog final : public FetchObserver {
 public:
  explicit FetchLog(observe::Metrics& metrics)
      : hops_(metrics.counter_family("graphrail_fetch_hops_total",
                                     "Hops of page fetches by verdict of the address policy or "
                                     "reason of the failure.")),
        wire_bytes_(metrics
                        .counter_family("graphrail_fetch_wire_bytes_total",
                                        "Bytes received from other sites.")
                        .Add({})),
        decoded_bytes_(metrics
                           .counter_family("graphrail_fetch_decoded_bytes_total",
                                           "Bytes of pages after decompression.")
                           .Add({})),
        seconds_(metrics
                     .histogram_family("graphrail_fetch_hop_duration_seconds",
                                       "Time of one request to another site.")
                     .Add({}, kSeconds)) {}

  void on_hop(const HopReceipt& receipt) override {
    // Verdicts come from fixed tables, so the label's values are few.
    hops_.Add({{"verdict", receipt.verdict}}).Increment();
    wire_bytes_.Increment(static_cast<double>(receipt.wire_bytes));
    decoded_bytes_.Increment(static_cast<double>(receipt.decoded_bytes));
    seconds_.Observe(std::chrono::duration<double>(receipt.elapsed).count());
    const bool allowed = receipt.verdict == "allowed";
    const auto level = allowed ? observe::LogLevel::kDebug : observe::LogLevel::kInfo;
    if (!observe::is_log_enabled(level)) return;
    const std::string_view kind =
        receipt.address_class ? class_name(*receipt.address_class) : std::string_view("none");
    observe::log(level, "fetch hop",
                 {{"url", without_query(receipt.url)},
                  {"hop", receipt.hop},
                  {"verdict", receipt.verdict},
                  {"cause", receipt.cause},
                  {"address", kind},
                  {"tls_name", receipt.tls_name},
                  {"status", receipt.status},
                  {"wire_bytes", receipt.wire_bytes},
                  {"decoded_bytes", receipt.decoded_bytes},
                  {"elapsed_ms", receipt.elapsed.count()}});
  }

 private:
  prometheus::Family<prometheus::Counter>& hops_;
  prometheus::Counter& wire_bytes_;
  prometheus::Counter& decoded_bytes_;
  prometheus::Histogram& seconds_;
};

}  // namespace

std::shared_ptr<FetchObserver> make_fetch_log(observe::Metrics& metrics) {
  return std::make_shared<FetchLog>(metrics);
}

}  // namespace graphrail::net

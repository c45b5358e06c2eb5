#include "net/fetch_log.h"

#include <string_view>

#include "observe/log.h"

namespace graphrail::net {
namespace {

std::string_view without_query(std::string_view url) { return url.substr(0, url.find('?')); }

class FetchLog final : public FetchObserver {
 public:
  explicit FetchLog(observe::Metrics& metrics)
      : hops_(metrics.counter_family("graphrail_fetch_hops_total",
                                     "Hops of page fetches by verdict of the address policy or "
                                     "reason of the failure.")) {}

  void on_hop(const HopReceipt& receipt) override {
    // Verdicts come from fixed tables, so the label's values are few.
    hops_.Add({{"verdict", receipt.verdict}}).Increment();
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
};

}  // namespace

std::shared_ptr<FetchObserver> make_fetch_log(observe::Metrics& metrics) {
  return std::make_shared<FetchLog>(metrics);
}

}  // namespace graphrail::net

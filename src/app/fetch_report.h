// What operators see of page reading: a log line per hop at debug level, and counters.
#pragma once

#include <memory>

#include "net/fetch.h"
#include "observe/metrics.h"
#include "page/page_reader.h"

namespace graphrail::app {

/// Receipts of the fetcher. Outcomes are the verdicts' names: a closed set.
class FetchReport final : public net::FetchObserver {
 public:
  explicit FetchReport(std::shared_ptr<observe::Metrics> metrics);
  void on_hop(const net::HopReceipt& receipt) override;

 private:
  std::shared_ptr<observe::Metrics> metrics_;
  prometheus::Family<prometheus::Counter>& hops_;
  prometheus::Counter& wire_bytes_;
  prometheus::Counter& decoded_bytes_;
  prometheus::Histogram& seconds_;
};

/// How readings ended: fetched, cached, revalidated, stale, or the reason of the failure.
class PageReport final : public page::PageObserver {
 public:
  explicit PageReport(std::shared_ptr<observe::Metrics> metrics);
  void on_reading(page::PageOrigin origin) override;
  void on_failure(const core::Error& error) override;

 private:
  std::shared_ptr<observe::Metrics> metrics_;
  prometheus::Family<prometheus::Counter>& readings_;
};

}  // namespace graphrail::app

// Counts how page readings ended: fetched, cached, revalidated, stale, or the reason of a failure.
#pragma once

#include <memory>

#include "observe/metrics.h"
#include "page/page_reader.h"

namespace graphrail::app {

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

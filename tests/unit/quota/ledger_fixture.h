// An embedded ledger in a folder of its own, for tests.
#pragma once

#include <filesystem>
#include <memory>

#include "core/clock.h"
#include "quota/embedded_ledger.h"
#include "support/temporary_folder.h"

namespace graphrail::quota {

class EmbeddedFixture {
 public:
  static constexpr std::int64_t kLeaseSeconds = 600;

  static std::unique_ptr<EmbeddedFixture> make() { return std::make_unique<EmbeddedFixture>(); }

  EmbeddedFixture() {
    options_.file = folder_ / "quota.db";
    options_.book.lease_seconds = kLeaseSeconds;
    options_.busy_timeout = std::chrono::milliseconds(0);
    start();
  }

  EmbeddedLedger& ledger() { return *ledger_; }
  core::ManualClock& clock() { return *clock_; }
  EmbeddedLedgerOptions& options() { return options_; }
  [[nodiscard]] const std::filesystem::path& file() const { return options_.file; }

  void stop() { ledger_.reset(); }
  void start() { ledger_ = EmbeddedLedger::open(options_, clock_).value(); }
  void restart() {
    stop();
    start();
  }

 private:
  test::TemporaryFolder folder_;
  EmbeddedLedgerOptions options_;
  std::shared_ptr<core::ManualClock> clock_ = std::make_shared<core::ManualClock>();
  std::shared_ptr<EmbeddedLedger> ledger_;
};

}  // namespace graphrail::quota

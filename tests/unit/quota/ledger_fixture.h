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

  explicit EmbeddedFixture(
      const std::filesystem::path& parent = std::filesystem::temp_directory_path())
      : folder_(parent) {
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

/// The same in memory where the system has a folder for that, for tests that take many steps.
class QuickEmbeddedFixture : public EmbeddedFixture {
 public:
  static std::unique_ptr<QuickEmbeddedFixture> make() {
    return std::make_unique<QuickEmbeddedFixture>();
  }
  QuickEmbeddedFixture() : EmbeddedFixture(folder_in_memory()) {}

 private:
  static std::filesystem::path folder_in_memory() {
    const std::filesystem::path memory = "/dev/shm";
    return std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
  }
};

}  // namespace graphrail::quota

// Metrics, process metrics, request ids, error reports.
#include <gtest/gtest.h>

#include <set>

#include "observe/error_reporter.h"
#include "observe/log.h"
#include "observe/metrics.h"
#include "observe/process_metrics.h"
#include "observe/request_id.h"

namespace graphrail::observe {
namespace {

TEST(Metrics, SerializeWhatWasCounted) {
  Metrics metrics;
  metrics.counter_family("graphrail_things_total", "Things.").Add({{"kind", "a"}}).Increment(2);
  // The same family may be asked for by several rooms.
  metrics.counter_family("graphrail_things_total", "Things.").Add({{"kind", "a"}}).Increment();
  metrics.gauge_family("graphrail_level", "Level.").Add({}).Set(1.5);
  metrics.publish_build_info("1.2.3");
  const std::string text = metrics.serialize();
  const auto has = [&](std::string_view part) { return text.find(part) != std::string::npos; };
  EXPECT_TRUE(has("# TYPE graphrail_things_total counter"));
  EXPECT_TRUE(has("graphrail_things_total{kind=\"a\"} 3"));
  EXPECT_TRUE(has("graphrail_level 1.5"));
  EXPECT_TRUE(has("graphrail_build_info{version=\"1.2.3\"} 1"));
  for (const char* name :
       {"process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds",
        "process_max_fds", "process_start_time_seconds", "process_virtual_memory_bytes"}) {
    EXPECT_TRUE(has(std::string("\n") + name + " ")) << name;
  }
}

TEST(ProcessMetrics, ParseTheStatLine) {
  std::string line = "42 (a ) (name) S";
  for (int field = 4; field <= 52; ++field) line += " " + std::to_string(field * 100);
  const auto stat = parse_process_stat(line + "\n", 100, 4096);
  ASSERT_TRUE(stat);
  EXPECT_DOUBLE_EQ(stat->cpu_seconds, 14 + 15);
  EXPECT_DOUBLE_EQ(stat->start_seconds_after_boot, 22);
  EXPECT_EQ(stat->virtual_bytes, 2300U);
  EXPECT_EQ(stat->resident_bytes, 2400U * 4096);
  EXPECT_FALSE(parse_process_stat("42 (name) S 1 2 3", 100, 4096));
  EXPECT_FALSE(parse_process_stat("", 100, 4096));
}

TEST(RequestId, AcceptsOnlyWellFormedOffers) {
  const auto random = core::make_seeded_random(7);
  EXPECT_EQ(accept_or_make_request_id("A-z_0.9", *random), "A-z_0.9");
  EXPECT_EQ(accept_or_make_request_id(std::string(128, 'a'), *random), std::string(128, 'a'));
  std::set<std::string> made;
  const std::string too_long(129, 'a');
  for (const std::string_view offered :
       {std::string_view(""), std::string_view(too_long), std::string_view("a b"),
        std::string_view("a\n"), std::string_view("\xC3\xA9"), std::string_view("a/b")}) {
    const std::string id = accept_or_make_request_id(offered, *random);
    EXPECT_EQ(id.size(), 32U);
    EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos);
    made.insert(id);
  }
  EXPECT_EQ(made.size(), 6U);
}

TEST(ErrorReporter, WritesToTheLog) {
  testing::internal::CaptureStderr();
  configure_log(LogLevel::kError, LogFormat::kJson, false);
  make_log_error_reporter()->report(
      {.where = "/api/generate", .cause = "broken", .request_id = "r1"});
  flush_log();
  configure_log(LogLevel::kOff, LogFormat::kJson, false);
  EXPECT_NE(testing::internal::GetCapturedStderr().find(
                R"("where":"/api/generate","cause":"broken","request_id":"r1")"),
            std::string::npos);
}

}  // namespace
}  // namespace graphrail::observe

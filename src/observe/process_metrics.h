// The process_* metrics that Prometheus client libraries agree on, read from /proc/self at the
// moment of the scrape. Stateless; safe from any thread.
#pragma once

#include <prometheus/metric_family.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace graphrail::observe {

/// What one line of /proc/self/stat says about a process.
struct ProcessStat {
  /// User plus system time.
  double cpu_seconds = 0;
  /// Start time in seconds after the machine booted.
  double start_seconds_after_boot = 0;
  std::uint64_t virtual_bytes = 0;
  std::uint64_t resident_bytes = 0;
};

/// Parses the line (proc(5)); the command name in it may hold spaces and parentheses. Empty when
/// the line is cut short.
[[nodiscard]] std::optional<ProcessStat> parse_process_stat(std::string_view line,
                                                            double ticks_per_second,
                                                            std::uint64_t page_bytes);

/// process_cpu_seconds_total, process_resident_memory_bytes, process_virtual_memory_bytes,
/// process_open_fds, process_max_fds, process_start_time_seconds; what cannot be read is left out.
[[nodiscard]] std::vector<prometheus::MetricFamily> collect_process_metrics();

}  // namespace graphrail::observe

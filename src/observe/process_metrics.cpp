#include "observe/process_metrics.h"

#include <dirent.h>
#include <sys/resource.h>
#include <unistd.h>

#include <charconv>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

namespace graphrail::observe {
namespace {

/// Fields of /proc/self/stat after the command name; the first of them is field 3.
constexpr std::size_t kFirstFieldAfterName = 3;
constexpr std::size_t kUserTimeField = 14;
constexpr std::size_t kSystemTimeField = 15;
constexpr std::size_t kStartTimeField = 22;
constexpr std::size_t kVirtualSizeField = 23;
constexpr std::size_t kResidentPagesField = 24;

std::string read_file(const char* path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::uint64_t> numbers_after_name(std::string_view line) {
  const std::size_t name_end = line.rfind(')');
  std::vector<std::uint64_t> numbers;
  std::size_t at = name_end == std::string_view::npos ? line.size() : name_end + 1;
  while (at < line.size()) {
    const std::size_t begin = line.find_first_not_of(" \n", at);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(line.find_first_of(" \n", begin), line.size());
    std::uint64_t value = 0;
    std::from_chars(line.data() + begin, line.data() + end, value);
    numbers.push_back(value);
    at = end;
  }
  return numbers;
}

/// Boot time in Unix seconds, from the "btime" line of /proc/stat; 0 when it is not there.
double boot_unix_seconds() {
  std::ifstream file("/proc/stat");
  std::string word;
  while (file >> word) {
    double value = 0;
    if (word == "btime" && file >> value) return value;
    file.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  return 0;
}

std::size_t count_open_descriptors() {
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(opendir("/proc/self/fd"), &closedir);
  if (!directory) return 0;
  std::size_t count = 0;
  while (const dirent* entry = readdir(directory.get())) {
    if (entry->d_name[0] != '.') ++count;
  }
  return count > 0 ? count - 1 : 0;  // One of them is the directory being read.
}

prometheus::MetricFamily make_family(std::string name, std::string help,
                                     prometheus::MetricType type, double value) {
  prometheus::ClientMetric metric;
  if (type == prometheus::MetricType::Counter) {
    metric.counter.value = value;
  } else {
    metric.gauge.value = value;
  }
  return {std::move(name), std::move(help), type, {std::move(metric)}};
}

}  // namespace

std::optional<ProcessStat> parse_process_stat(std::string_view line, double ticks_per_second,
                                              std::uint64_t page_bytes) {
  const std::vector<std::uint64_t> numbers = numbers_after_name(line);
  if (numbers.size() <= kResidentPagesField - kFirstFieldAfterName) return std::nullopt;
  const auto field = [&](std::size_t number) { return numbers[number - kFirstFieldAfterName]; };
  const auto seconds = [&](std::uint64_t ticks) {
    return static_cast<double>(ticks) / ticks_per_second;
  };
  return ProcessStat{.cpu_seconds = seconds(field(kUserTimeField) + field(kSystemTimeField)),
                     .start_seconds_after_boot = seconds(field(kStartTimeField)),
                     .virtual_bytes = field(kVirtualSizeField),
                     .resident_bytes = field(kResidentPagesField) * page_bytes};
}

std::vector<prometheus::MetricFamily> collect_process_metrics() {
  using prometheus::MetricType;
  std::vector<prometheus::MetricFamily> families;
  const auto add = [&](std::string name, std::string help, MetricType type, double value) {
    families.push_back(make_family(std::move(name), std::move(help), type, value));
  };
  const auto stat =
      parse_process_stat(read_file("/proc/self/stat"), static_cast<double>(sysconf(_SC_CLK_TCK)),
                         static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)));
  if (stat) {
    add("process_cpu_seconds_total", "User and system CPU time spent in seconds.",
        MetricType::Counter, stat->cpu_seconds);
    add("process_resident_memory_bytes", "Resident memory size in bytes.", MetricType::Gauge,
        static_cast<double>(stat->resident_bytes));
    add("process_virtual_memory_bytes", "Virtual memory size in bytes.", MetricType::Gauge,
        static_cast<double>(stat->virtual_bytes));
    if (const double boot = boot_unix_seconds(); boot > 0) {
      add("process_start_time_seconds", "Start time of the process in Unix seconds.",
          MetricType::Gauge, boot + stat->start_seconds_after_boot);
    }
  }
  if (const std::size_t open = count_open_descriptors(); open > 0) {
    add("process_open_fds", "Number of open file descriptors.", MetricType::Gauge,
        static_cast<double>(open));
  }
  if (rlimit limit{}; getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    add("process_max_fds", "Maximum number of open file descriptors.", MetricType::Gauge,
        static_cast<double>(limit.rlim_cur));
  }
  return families;
}

}  // namespace graphrail::observe

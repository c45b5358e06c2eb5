// Every setting of the process after loading: typed, checked, final. Filled from the option table
// (options.h) by load_settings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace graphrail::config {

struct Settings {
  std::string bind;
  std::uint16_t port = 0;
  std::string data_dir;
  std::string log_level;
  std::string log_format;
  std::string environment;
  std::size_t max_connections = 0;
  std::size_t worker_threads = 0;
  std::size_t work_queue = 0;
  std::size_t io_threads = 0;
  std::size_t shutdown_grace_seconds = 0;
};

}  // namespace graphrail::config

// Servers of the built program on free ports, for tests that put several together.
#pragma once

#include <boost/json/parse.hpp>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "e2e/process.h"

namespace graphrail::e2e {

/// A server that has said that it listens; ended with the object.
class Running {
 public:
  Running(std::vector<std::string> arguments, std::vector<std::string> environment)
      : process_(with_port(std::move(arguments), std::move(environment))) {
    const std::string line = process_.wait_for_line("\"listening\"");
    if (line.empty()) throw std::runtime_error("the server did not start");
    port_ = static_cast<std::uint16_t>(boost::json::parse(line).at("port").to_number<int>());
  }

  [[nodiscard]] Process& process() noexcept { return process_; }
  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  [[nodiscard]] std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }

 private:
  static Start with_port(std::vector<std::string> arguments, std::vector<std::string> environment) {
    for (const char* word : {"--port", "0", "--log-format", "json"}) arguments.emplace_back(word);
    return {.arguments = std::move(arguments), .environment = std::move(environment)};
  }

  Process process_;
  std::uint16_t port_ = 0;
};

}  // namespace graphrail::e2e

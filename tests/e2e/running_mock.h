// A `graphrail mock-llm` of one test, on a port of its own. Ended by its id when it goes.
#pragma once

#include <boost/json/parse.hpp>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "e2e/process.h"

namespace graphrail::e2e {

/// Constructed when the server has said that it listens.
class RunningMock {
 public:
  explicit RunningMock(std::vector<std::string> flags = {}) : process_(make_start(flags)) {
    const std::string line = process_.wait_for_line("\"listening\"");
    if (line.empty()) throw std::runtime_error("the mock server did not start");
    port_ = static_cast<std::uint16_t>(boost::json::parse(line).at("port").to_number<int>());
  }
  Process& process() { return process_; }
  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  [[nodiscard]] std::string base_url() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/v1";
  }

 private:
  static Start make_start(const std::vector<std::string>& flags) {
    Start start{.arguments = {"mock-llm", "--port", "0", "--log-format", "json"}};
    start.arguments.insert(start.arguments.end(), flags.begin(), flags.end());
    return start;
  }

  Process process_;
  std::uint16_t port_ = 0;
};

}  // namespace graphrail::e2e

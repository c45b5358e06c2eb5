// A scripted server in a process of its own: for tests that search their own memory for a key,
// which the server has to hold. Ends with the object.
#pragma once

#include <sys/types.h>

#include <cstdint>

#include "support/origin/origin.h"

namespace graphrail::test_support {

class OriginProcess {
 public:
  /// Forks: the caller must have no other thread. `script` runs in the other process.
  OriginProcess(const OriginOptions& options, const OriginScript& script);
  ~OriginProcess();
  OriginProcess(const OriginProcess&) = delete;
  OriginProcess& operator=(const OriginProcess&) = delete;

  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

 private:
  pid_t pid_ = -1;
  std::uint16_t port_ = 0;
};

}  // namespace graphrail::test_support

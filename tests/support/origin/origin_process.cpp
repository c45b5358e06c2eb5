#include "support/origin/origin_process.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

namespace graphrail::test_support {
namespace {

[[noreturn]] void serve(int ready, const OriginOptions& options, const OriginScript& script) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const Origin origin(options, script);
  const std::uint16_t port = origin.port();
  if (write(ready, &port, sizeof(port)) != sizeof(port)) _exit(1);
  for (;;) pause();
}

}  // namespace

OriginProcess::OriginProcess(const OriginOptions& options, const OriginScript& script) {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("origin process: no pipe");
  pid_ = fork();
  if (pid_ == 0) serve(ends[1], options, script);
  close(ends[1]);
  const bool is_ready = pid_ > 0 && read(ends[0], &port_, sizeof(port_)) == sizeof(port_);
  close(ends[0]);
  if (!is_ready) throw std::runtime_error("origin process: no server");
}

OriginProcess::~OriginProcess() {
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

}  // namespace graphrail::test_support

// How the program ends, as scripts see it.
#pragma once

namespace graphrail::app {

enum ExitCode : int {
  kOk = 0,
  kFailed = 1,
  kUsage = 2,
  kConfiguration = 3,
  /// The address is taken or the store cannot be opened.
  kUnavailable = 4,
};

}  // namespace graphrail::app

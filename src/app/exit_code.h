// How the program ends, as scripts see it.
#pragma once

namespace graphrail::app {

enum ExitCode : int {
  kOk = 0,
  kFailed = 1,
  kUsage = 2,
  kConfiguration = 3,
  /// The address is taken, the store cannot be opened, doctor's model server cannot be reached.
  kUnavailable = 4,
};

}  // namespace graphrail::app

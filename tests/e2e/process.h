// Runs the real program as users and service managers do: arguments, environment, working
// directory, streams and signals. Every process is ended by its own id when its object goes.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace graphrail::e2e {

/// A folder of its own for each test.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] std::string file(const std::string& name) const { return path_ / name; }
  /// Writes a file and returns its path.
  std::string write(const std::string& name, const std::string& content) const;
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

[[nodiscard]] std::string read_file(const std::string& path);

struct Start {
  /// Without the program's name.
  std::vector<std::string> arguments;
  std::string standard_input;
  /// "NAME=value", beside PATH.
  std::vector<std::string> environment;
  /// Empty means the temporary folder of the process.
  std::string working_directory;
  /// Path of a file, device or terminal for standard output; empty means a file that is read back.
  std::string standard_output;
  /// Path of another program; empty means graphrail.
  std::string program;
};

struct Outcome {
  /// -1 when a signal ended the process.
  int exit_code = -1;
  int signal = 0;
  std::string out;
  std::string err;
};

class Process {
 public:
  explicit Process(const Start& start);
  /// Ends the process if it still runs.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void send_signal(int number) const;
  /// Waits for the end; a process that takes longer is killed and reported as signal 9.
  Outcome wait(std::chrono::seconds limit = std::chrono::seconds(60));
  /// Waits until standard error has a line with `text` and returns that line, empty after 30 s.
  std::string wait_for_line(const std::string& text) const;
  [[nodiscard]] bool is_running() const;
  [[nodiscard]] pid_t id() const noexcept { return pid_; }
  /// What it has written to standard error so far.
  [[nodiscard]] std::string error_output() const;

 private:
  TemporaryFolder folder_;
  std::string out_path_;
  pid_t pid_ = -1;
  int descriptor_ = -1;
};

/// Starts the program and waits for its end.
[[nodiscard]] Outcome run(const Start& start);

}  // namespace graphrail::e2e

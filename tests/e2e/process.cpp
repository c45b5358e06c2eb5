#include "e2e/process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace graphrail::e2e {
namespace {

/// Pointers as posix_spawn wants them; `words` must outlive the result.
std::vector<char*> to_pointers(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// True once the process has ended, false after `timeout_ms`.
bool has_ended(int descriptor, int timeout_ms) {
  pollfd watched{.fd = descriptor, .events = POLLIN, .revents = 0};
  return poll(&watched, 1, timeout_ms) == 1;
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string pattern = std::filesystem::temp_directory_path() / "graphrail-e2e-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::write(const std::string& name, const std::string& content) const {
  std::ofstream(path_ / name, std::ios::binary) << content;
  return file(name);
}

std::string read_file(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

Process::Process(const Start& start) {
  out_path_ = start.standard_output.empty() ? folder_.file("out") : start.standard_output;
  const std::string input = folder_.write("in", start.standard_input);
  const std::string directory =
      start.working_directory.empty() ? folder_.path().string() : start.working_directory;

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addchdir_np(&actions, directory.c_str());
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out_path_.c_str(),
                                   O_WRONLY | O_CREAT | O_NOCTTY, 0600);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, folder_.file("err").c_str(),
                                   O_WRONLY | O_CREAT, 0600);

  std::vector<std::string> words = {start.program.empty() ? GRAPHRAIL_PROGRAM : start.program};
  words.insert(words.end(), start.arguments.begin(), start.arguments.end());
  std::vector<std::string> variables = start.environment;
  variables.push_back(std::string("PATH=") + std::getenv("PATH"));
  const int failed = posix_spawn(&pid_, words[0].c_str(), &actions, nullptr,
                                 to_pointers(words).data(), to_pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error("cannot start " + words[0]);
  descriptor_ = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
}

Process::~Process() {
  if (pid_ > 0) (void)wait(std::chrono::seconds(0));
}

void Process::send_signal(int number) const { kill(pid_, number); }

std::string Process::error_output() const { return read_file(folder_.file("err")); }

bool Process::is_running() const { return !has_ended(descriptor_, 0); }

Outcome Process::wait(std::chrono::seconds limit) {
  const auto limit_ms = std::chrono::duration_cast<std::chrono::milliseconds>(limit);
  if (!has_ended(descriptor_, static_cast<int>(limit_ms.count()))) kill(pid_, SIGKILL);
  int status = 0;
  waitpid(pid_, &status, 0);
  close(descriptor_);
  pid_ = -1;
  Outcome outcome;
  if (WIFEXITED(status)) outcome.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) outcome.signal = WTERMSIG(status);
  if (std::filesystem::is_regular_file(out_path_)) outcome.out = read_file(out_path_);
  outcome.err = read_file(folder_.file("err"));
  return outcome;
}

std::string Process::wait_for_line(const std::string& text) const {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (std::chrono::steady_clock::now() < deadline) {
    std::istringstream lines(read_file(folder_.file("err")));
    for (std::string line; std::getline(lines, line);) {
      if (line.find(text) != std::string::npos && !lines.eof()) return line;
    }
    // Returns early when the process ends, else looks again in a moment.
    if (has_ended(descriptor_, 2) && lines.str().find(text) == std::string::npos) return {};
  }
  return {};
}

Outcome run(const Start& start) { return Process(start).wait(); }

}  // namespace graphrail::e2e

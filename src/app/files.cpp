#include "app/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "app/app_error.h"

namespace graphrail::app {
namespace {

/// Closes a descriptor at the end of the scope.
class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  ~Descriptor() {
    if (descriptor_ > STDERR_FILENO) close(descriptor_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const noexcept { return descriptor_; }

 private:
  int descriptor_;
};

std::string reason() { return std::strerror(errno); }

}  // namespace

core::Result<std::string> read_input(const std::string& path, std::size_t limit_bytes) {
  const auto cannot_read = [&] {
    return core::fail(AppError::kCannotRead, {fmt::format("cannot read `{}`: {}", path, reason())});
  };
  const Descriptor file(path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return cannot_read();
  std::string content;
  constexpr std::size_t kChunkBytes = 64 * 1024;
  while (content.size() <= limit_bytes) {
    const std::size_t before = content.size();
    content.resize(before + kChunkBytes);
    const ssize_t got = read(file.get(), content.data() + before, kChunkBytes);
    if (got < 0 && errno != EINTR) return cannot_read();
    content.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) return content;
  }
  return core::fail(AppError::kInputTooLarge,
                    {fmt::format("`{}` is larger than {} bytes", path, limit_bytes)});
}

core::Result<void> write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return core::fail(AppError::kCannotWrite, {"cannot write: " + reason()});
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

core::Result<void> write_file(const std::string& path, std::string_view text) {
  constexpr mode_t kMode = 0644;
  const Descriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kMode));
  if (file.get() < 0) {
    return core::fail(AppError::kCannotWrite,
                      {fmt::format("cannot write `{}`: {}", path, reason())});
  }
  return write_all(file.get(), text);
}

bool read_line(std::istream& stream, std::size_t limit_bytes, Line& line) {
  line.text.clear();
  line.is_too_long = false;
  line.has_end = false;
  line.bytes = 0;
  std::streambuf* const buffer = stream.rdbuf();
  for (;;) {
    const int next = buffer->sbumpc();
    if (next == std::char_traits<char>::eof()) return line.bytes != 0;
    ++line.bytes;
    if (next == '\n') {
      line.has_end = true;
      return true;
    }
    if (line.text.size() < limit_bytes) {
      line.text.push_back(static_cast<char>(next));
    } else {
      line.is_too_long = true;
    }
  }
}

}  // namespace graphrail::app

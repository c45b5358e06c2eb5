#include "app/page_files.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>

#include "app/app_error.h"
#include "app/files.h"

namespace graphrail::app {
namespace {

constexpr std::size_t kMaxPageBytes = 5 * 1024 * 1024;

struct CloseGzip {
  void operator()(gzFile_s* file) const noexcept { gzclose(file); }
};

core::Result<std::string> read_gzip(const std::string& path) {
  const std::unique_ptr<gzFile_s, CloseGzip> file(gzopen(path.c_str(), "rb"));
  if (!file) {
    return core::fail(AppError::kCannotRead, {fmt::format("cannot read `{}`", path)});
  }
  std::string bytes;
  std::array<char, 65'536> piece{};
  int count = 0;
  while ((count = gzread(file.get(), piece.data(), piece.size())) > 0) {
    bytes.append(piece.data(), static_cast<std::size_t>(count));
    if (bytes.size() > kMaxPageBytes) {
      return core::fail(AppError::kInputTooLarge, {fmt::format("`{}` is too large", path)});
    }
  }
  if (count < 0) {
    return core::fail(AppError::kCannotRead, {fmt::format("`{}` is not a gzip file", path)});
  }
  return bytes;
}

bool is_page_name(std::string_view name) noexcept {
  return name.ends_with(".html") || name.ends_with(".html.gz");
}

}  // namespace

core::Result<std::string> read_page_file(const std::string& path) {
  if (path.ends_with(".gz")) return read_gzip(path);
  return read_input(path, kMaxPageBytes);
}

core::Result<std::vector<std::string>> list_page_files(const std::string& folder) {
  std::error_code failed;
  std::vector<std::string> names;
  const std::filesystem::directory_iterator files(folder, failed);
  if (failed) {
    return core::fail(AppError::kCannotRead,
                      {fmt::format("cannot read the folder `{}`: {}", folder, failed.message())});
  }
  for (const auto& entry : files) {
    std::string name = entry.path().filename().string();
    if (is_page_name(name)) names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace graphrail::app

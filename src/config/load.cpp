#include "config/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "config/options.h"

namespace graphrail::config {
namespace {

constexpr std::streamsize kMaximumFileBytes = 1 << 20;

std::optional<std::string> read_environment(std::string_view name) {
  const char* const value = std::getenv(std::string(name).c_str());
  if (value == nullptr) return std::nullopt;
  return std::string(value);
}

/// The file's text, nothing when it cannot be read or is larger than any configuration.
std::optional<std::string> read_file(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored) || std::filesystem::is_directory(path, ignored)) {
    return std::nullopt;
  }
  std::ifstream file(path, std::ios::binary);
  std::string content(kMaximumFileBytes + 1, '\0');
  file.read(content.data(), kMaximumFileBytes + 1);
  if (file.bad() || !file.is_open() || file.gcount() > kMaximumFileBytes) return std::nullopt;
  content.resize(static_cast<std::size_t>(file.gcount()));
  return content;
}

/// The text of `asked`, or of `usual` when nobody asked; absent means empty unless asked for.
std::string read_layer(const std::string& asked, const std::string& usual, Faults& faults) {
  const std::string& path = asked.empty() ? usual : asked;
  std::error_code ignored;
  if (asked.empty() && !std::filesystem::exists(path, ignored)) return {};
  std::optional<std::string> text = read_file(path);
  if (!text) faults.push_back({path, "cannot be read"});
  return std::move(text).value_or("");
}

/// The XDG base directory specification names the place for a user's data where it is in use.
void apply_xdg_data_home(std::vector<ResolvedValue>& values) {
  const std::optional<std::string> home = read_environment("XDG_DATA_HOME");
  if (!home || home->empty()) return;
  for (ResolvedValue& value : values) {
    if (value.option->name != "DATA_DIR" || !value.is_default) continue;
    value.text = *home + "/graphrail";
    value.source = "default (XDG_DATA_HOME)";
  }
}

}  // namespace

bool Loaded::is_default(std::string_view option_name) const noexcept {
  const auto found = std::ranges::find_if(
      values, [&](const ResolvedValue& value) { return value.option->name == option_name; });
  return found == values.end() || found->is_default;
}

std::expected<Loaded, Faults> load(const LoadRequest& request) {
  Faults faults;
  Layers layers{.flags = request.flags,
                .environment = read_environment,
                .read_file = read_file,
                .checks = request.checks};
  if (!request.dotenv_path.empty()) layers.dotenv_name = request.dotenv_path;
  if (!request.toml_path.empty()) layers.toml_name = request.toml_path;

  std::string dotenv_text = read_layer(request.dotenv_path, layers.dotenv_name, faults);
  Dotenv dotenv = parse_dotenv(dotenv_text, layers.dotenv_name);
  std::string toml_text = read_layer(request.toml_path, layers.toml_name, faults);
  TomlFile toml = parse_toml_file(toml_text, layers.toml_name);
  layers.dotenv = std::move(dotenv.entries);
  layers.toml = std::move(toml.entries);
  Resolution resolution = resolve(option_table(), layers);

  // The files may hold keys; what is needed of them is in Secret by now.
  core::wipe(dotenv_text);
  core::wipe(toml_text);
  for (DotenvEntry& entry : layers.dotenv) core::wipe(entry.value);
  for (TomlEntry& entry : layers.toml) core::wipe(entry.value);

  for (Faults* more : {&dotenv.faults, &toml.faults, &resolution.faults}) {
    faults.insert(faults.end(), more->begin(), more->end());
  }
  if (!faults.empty()) return std::unexpected(std::move(faults));

  Loaded loaded{.values = std::move(resolution.values)};
  apply_xdg_data_home(loaded.values);
  for (const ResolvedValue& value : loaded.values) {
    if (value.is_set) store(*value.option, value.value(), loaded.settings);
  }
  return loaded;
}

std::string describe(const Faults& faults) {
  std::string out =
      faults.size() == 1
          ? "graphrail: the configuration has a fault:\n"
          : fmt::format("graphrail: the configuration has {} faults:\n", faults.size());
  for (const Fault& fault : faults) out += fmt::format("  {}: {}\n", fault.where, fault.message);
  return out;
}

}  // namespace graphrail::config

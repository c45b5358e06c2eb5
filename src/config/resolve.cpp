#include "config/resolve.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace graphrail::config {
namespace {

constexpr std::string_view kFileSuffix = "_FILE";

/// A value as a layer gives it, before it is checked.
struct Given {
  std::string value;
  std::string source;
};

/// Levenshtein distance, for "did you mean".
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({row[j - 1] + 1, above + 1, replaced});
      diagonal = above;
    }
  }
  return row.back();
}

bool fits(OptionKind kind, TomlEntry::Kind toml_kind) {
  switch (kind) {
    case OptionKind::kNumber:
      return toml_kind == TomlEntry::Kind::kNumber;
    case OptionKind::kToggle:
      return toml_kind == TomlEntry::Kind::kToggle;
    default:
      return toml_kind == TomlEntry::Kind::kText;
  }
}

std::string_view toml_form(OptionKind kind) {
  switch (kind) {
    case OptionKind::kNumber:
      return "a whole number without quotes";
    case OptionKind::kToggle:
      return "true or false without quotes";
    default:
      return "a text in quotes";
  }
}

class Resolver {
 public:
  Resolver(std::span<const Option> table, const Layers& layers) : table_(table), layers_(layers) {}

  Resolution run() {
    find_unknown_toml_keys();
    for (const Option& option : table_) out_.values.push_back(resolve_option(option));
    return std::move(out_);
  }

 private:
  using Lookup = std::optional<Given> (Resolver::*)(const Option&, std::string_view) const;

  void report(std::string where, std::string message) {
    out_.faults.push_back({std::move(where), std::move(message)});
  }

  ResolvedValue resolve_option(const Option& option) {
    ResolvedValue resolved{.option = &option,
                           .text = std::string(option.default_value),
                           .source = "default",
                           .is_default = true};
    resolved.is_set = !option.default_value.empty();
    take(option, from_flag(option), resolved);
    take(option, from_layer(option, &Resolver::from_environment), resolved);
    take(option, from_layer(option, &Resolver::from_dotenv), resolved);
    take(option, from_layer(option, &Resolver::from_toml), resolved);
    return resolved;
  }

  /// Checks what a layer gives and takes it unless a stronger layer has spoken. Overruled values
  /// are checked too: a wrong line is a trap for the day the stronger one goes.
  void take(const Option& option, std::optional<Given> given, ResolvedValue& resolved) {
    if (!given) return;
    if (const std::optional<std::string> fault = find_fault(option, given->value)) {
      return report(given->source, fmt::format("{}: {}", option.name, *fault));
    }
    for (const NamedCheck& named : layers_.checks) {
      if (named.name != option.name) continue;
      if (const std::optional<std::string> fault = named.check(given->value)) {
        return report(given->source, fmt::format("{}: {}", option.name, *fault));
      }
    }
    if (!resolved.is_default) return;
    resolved.is_default = false;
    resolved.is_set = true;
    resolved.source = std::move(given->source);
    if (option.is_secret()) {
      resolved.secret = core::Secret(std::move(given->value));
    } else {
      resolved.text = std::move(given->value);
    }
  }

  std::optional<Given> from_flag(const Option& option) const {
    std::optional<Given> given;
    for (const auto& [name, value] : layers_.flags) {
      if (name == option.name) given = Given{value, "flag " + flag_name(option)};
    }
    return given;
  }

  /// The value of NAME in one layer or, for a secret, of the file that NAME_FILE names there.
  std::optional<Given> from_layer(const Option& option, Lookup look_up) {
    std::optional<Given> direct = (this->*look_up)(option, option.name);
    if (!option.is_secret()) return direct;
    const std::string file_option = std::string(option.name) + std::string(kFileSuffix);
    const std::optional<Given> path = (this->*look_up)(option, file_option);
    if (!path) return direct;
    if (direct) {
      report(path->source,
             fmt::format("{} and {} are both set; keep one", option.name, file_option));
      return std::nullopt;
    }
    return read_secret_file(file_option, *path);
  }

  std::optional<Given> read_secret_file(const std::string& file_option, const Given& path) {
    std::optional<std::string> content = layers_.read_file(path.value);
    if (!content) {
      report(path.source, fmt::format("{}: cannot read `{}`", file_option, path.value));
      return std::nullopt;
    }
    // Editors and `echo` end a file with a line break that is not part of the secret.
    while (content->ends_with('\n') || content->ends_with('\r')) content->pop_back();
    if (content->empty()) {
      report(path.source, fmt::format("{}: `{}` is empty", file_option, path.value));
      return std::nullopt;
    }
    return Given{std::move(*content), fmt::format("{} ({})", path.source, file_option)};
  }

  std::optional<Given> from_environment(const Option&, std::string_view name) const {
    std::optional<std::string> value = layers_.environment(name);
    if (!value || value->empty()) return std::nullopt;
    return Given{std::move(*value), "environment"};
  }

  std::optional<Given> from_dotenv(const Option&, std::string_view name) const {
    std::optional<Given> given;
    for (const DotenvEntry& entry : layers_.dotenv) {
      if (entry.key != name || entry.value.empty()) continue;
      given = Given{entry.value, fmt::format("{}:{}", layers_.dotenv_name, entry.line)};
    }
    return given;
  }

  std::optional<Given> from_toml(const Option& option, std::string_view name) const {
    const std::string key = toml_key(name);
    for (const TomlEntry& entry : layers_.toml) {
      if (entry.key != key || !fits(kind_of(option, name), entry.kind)) continue;
      return Given{entry.value, toml_place(entry)};
    }
    return std::nullopt;
  }

  static OptionKind kind_of(const Option& option, std::string_view name) {
    return name == option.name ? option.kind : OptionKind::kText;
  }

  std::string toml_place(const TomlEntry& entry) const {
    return fmt::format("{}:{}", layers_.toml_name, entry.line);
  }

  /// Unknown keys and values of the wrong TOML type, whichever layer wins in the end.
  void find_unknown_toml_keys() {
    for (const TomlEntry& entry : layers_.toml) {
      const auto known = std::ranges::find_if(
          table_, [&](const Option& option) { return is_key_of(option, entry.key); });
      if (known == table_.end()) {
        report(toml_place(entry), fmt::format("unknown key `{}`{}", entry.key, suggest(entry.key)));
        continue;
      }
      const OptionKind kind = entry.key == toml_key(known->name) ? known->kind : OptionKind::kText;
      if (!fits(kind, entry.kind)) {
        report(toml_place(entry), fmt::format("{} must be {}", entry.key, toml_form(kind)));
      }
    }
  }

  static bool is_key_of(const Option& option, std::string_view key) {
    const std::string own = toml_key(option.name);
    return key == own || (option.is_secret() && key == own + toml_key(kFileSuffix));
  }

  std::string suggest(std::string_view key) const {
    constexpr std::size_t kMaximumDistance = 3;
    constexpr std::size_t kMaximumKeyLength = 64;
    if (key.size() > kMaximumKeyLength) return {};
    std::string best;
    std::size_t best_distance = kMaximumDistance + 1;
    for (const Option& option : table_) {
      const std::string candidate = toml_key(option.name);
      const std::size_t distance = edit_distance(toml_key(key), candidate);
      if (distance >= best_distance || distance >= candidate.size()) continue;
      best = candidate;
      best_distance = distance;
    }
    return best.empty() ? best : fmt::format("; did you mean `{}`?", best);
  }

  std::span<const Option> table_;
  const Layers& layers_;
  Resolution out_;
};

}  // namespace

Resolution resolve(std::span<const Option> table, const Layers& layers) {
  return Resolver(table, layers).run();
}

}  // namespace graphrail::config

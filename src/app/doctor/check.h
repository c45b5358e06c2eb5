// What `graphrail doctor` finds out, as values: one check is one line for a person and one object
// for a machine. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/exit_code.h"

namespace graphrail::app::doctor {

enum class CheckState : std::uint8_t {
  kOk,
  /// Nothing is wrong; worth knowing.
  kNote,
  /// Works, but not as well as it should.
  kWarning,
  kFailed,
};

struct Check {
  /// Lower case, at most 16 characters.
  std::string name;
  CheckState state = CheckState::kOk;
  /// What was seen, in words. Never a secret.
  std::string seen;
  /// What to do about it; empty when nothing needs doing.
  std::string mend = {};
  /// The same in numbers and names, for machines.
  boost::json::object detail = {};
  /// The failure is a server that cannot be reached or does not answer.
  bool is_unavailable = false;
};

using Checks = std::vector<Check>;

/// "ok", "note", "warning", "failed".
[[nodiscard]] std::string_view to_string(CheckState state) noexcept;

/// kUnavailable when the model server is, else kFailed when a check failed, else kOk.
[[nodiscard]] ExitCode verdict(std::span<const Check> checks) noexcept;

/// `text` from a server or a file for a terminal: one line without control characters, white space
/// folded, at most 200 bytes.
[[nodiscard]] std::string tidy_words(std::string_view text);

}  // namespace graphrail::app::doctor

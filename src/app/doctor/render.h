// The findings of `graphrail doctor` for a person and for a machine. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <span>
#include <string>

#include "app/doctor/check.h"

namespace graphrail::app::doctor {

struct TextStyle {
  bool colour = false;
  /// Columns; longer lines are wrapped at spaces.
  std::size_t width = 100;
};

/// A mark, the name and what was seen per check, what to do about it below, a sentence at the end.
[[nodiscard]] std::string render_text(std::span<const Check> checks, const TextStyle& style);

/// {"ok","exit_code","checks":[{"name","state","seen","mend":null|text,"detail":{}}]}
[[nodiscard]] boost::json::object to_json(std::span<const Check> checks);

}  // namespace graphrail::app::doctor

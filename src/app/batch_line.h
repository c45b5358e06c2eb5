// The lines of a batch: {id, title?, text|url} in, {id, graph, meta} or {id, error} out. Pure.
#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

#include "core/error.h"
#include "generate/generate.h"

namespace graphrail::app {

/// A line that asks for a graph.
struct BatchItem {
  /// As it was written: a text or a whole number.
  boost::json::value id;
  /// What the engine reads: a title is the first line of its text.
  std::string input;
};

/// A line that cannot be understood.
struct BatchFault {
  /// null when the line has no usable id.
  boost::json::value id;
  std::string message;
};

/// Reads one line. A text is read as it is, whatever `url` beside it says; other members are
/// ignored.
[[nodiscard]] std::expected<BatchItem, BatchFault> parse_batch_line(std::string_view line);

/// A line of the output, line break included; it starts with {"id":
[[nodiscard]] std::string render_result(const boost::json::value& id,
                                        const generate::GenerateResult& result);
/// The code and message that the HTTP contract has for `error`.
[[nodiscard]] std::string render_error(const boost::json::value& id, const core::Error& error);
/// For a line that could not be understood: code "invalid_line" and its number.
[[nodiscard]] std::string render_fault(const BatchFault& fault, std::size_t line_number);

/// What identifies an output line when a batch is resumed: its id, or for a line without one the
/// number of the input line; empty when `line` is not an output line at all.
[[nodiscard]] std::string resume_key(std::string_view line);
[[nodiscard]] std::string resume_key(const boost::json::value& id, std::size_t line_number);

}  // namespace graphrail::app

// Many texts in one run: lines are read one after the other, several are worked on at a time, and
// results are written in the order of the input. Memory is bounded by the number in flight.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <functional>
#include <istream>
#include <string>

#include "app/batch_output.h"
#include "app/progress.h"
#include "core/result.h"
#include "generate/generate.h"

namespace graphrail::app {

/// What makes a graph; generate::Generator in the product.
using GenerateFunction =
    std::function<boost::asio::awaitable<core::Result<generate::GenerateResult>>(
        generate::GenerateRequest request)>;

struct BatchOptions {
  /// Engine and schema of every request; its input is replaced.
  generate::GenerateRequest request;
  /// Texts worked on at the same time.
  std::size_t parallel = 2;
  /// A longer line becomes an error line.
  std::size_t longest_line_bytes = std::size_t{16} << 20;
};

/// Runs until `input` ends. Lines whose id `output` has are skipped; a line that fails becomes an
/// {id,error} line and does not stop the batch. Calls `show` after each line. Fails only when the
/// output cannot be written.
[[nodiscard]] core::Result<BatchProgress> run_batch(
    std::istream& input, BatchOutput& output, const GenerateFunction& generate,
    const BatchOptions& options, const std::function<void(const BatchProgress&)>& show);

}  // namespace graphrail::app

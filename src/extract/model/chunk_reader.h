// Reads one chunk: asks, judges the answer, asks for the rest of a cut one, asks once more in
// plainer form for an unusable one, halves what the model cannot take at once. Every loop has its
// limit.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <memory>

#include "extract/model/run.h"

namespace graphrail::extract::model {

/// Elements go to run->assembly as they come. Runs on the client's executor; throws
/// operation_aborted when cancelled.
boost::asio::awaitable<ChunkOutcome> read_chunk(std::shared_ptr<Run> run, std::size_t chunk);

}  // namespace graphrail::extract::model

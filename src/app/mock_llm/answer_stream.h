// Bodies that the mock server writes piece by piece: streams of events, answers that are cut off,
// answers that are far too big.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "http/client_presence.h"
#include "http/message.h"

namespace graphrail::app::mock_llm {

struct AnswerStream {
  /// Written in this order; several at once unless dripping.
  std::vector<std::string> pieces;
  /// After each piece.
  std::chrono::milliseconds drip{0};
  /// A piece that is written `repeats` times between the first half of the pieces and the rest:
  /// pieces [0, repeat_after) come before it.
  std::string repeated;
  std::size_t repeats = 0;
  std::size_t repeat_after = 0;
  /// Ends the connection behind the last piece instead of the body.
  bool cut = false;
  /// Whose connection that is; may be null.
  std::shared_ptr<http::ClientPresence> client;
};

/// For a response's stream.
[[nodiscard]] http::StreamProducer make_producer(AnswerStream stream);

}  // namespace graphrail::app::mock_llm

#include "extract/model/chunk_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "core/utf8.h"
#include "extract/model/answer.h"
#include "extract/model/chunker.h"
#include "extract/model/prompt.h"

namespace graphrail::extract::model {
namespace {

using boost::asio::awaitable;
using llm::LlmError;

constexpr std::size_t kMarkBytes = 8;
/// Answers in the wrong form before a piece is given up.
constexpr int kMaxUnusable = 2;

/// A part of a chunk that is asked about at once.
struct Piece {
  std::size_t chunk = 0;
  /// Tells the pieces of a chunk apart in the ids of their answers.
  std::size_t number = 0;
  Chunk range;
  int halvings = 0;
};

/// Where the reading of one piece stands.
struct Progress {
  /// With the ids of the answers, for asking for the rest.
  graph::Graph written;
  llm::Rung strictest = llm::Rung::kStrictSchema;
  int continuations = 0;
  int unusable = 0;
};

core::Error make_error(LlmError code, std::string text, std::string cause) {
  return core::Error(code, {std::move(text)}, {std::move(cause)});
}

llm::ChatCall make_call(const Run& run, const Piece& piece, const Progress& progress) {
  const std::string mark = core::random_hex(*run.random, kMarkBytes);
  PromptParts parts{.schema = run.request.schema,
                    .text = run.index->text(piece.range),
                    .mark = mark,
                    .part = piece.chunk + 1,
                    .parts = run.index->chunks().size()};
  const bool has_written = !progress.written.nodes.empty() || !progress.written.edges.empty();
  if (has_written) parts.written = &progress.written;
  llm::ChatCall call;
  call.request.messages = make_messages(parts);
  call.request.schema_name = fmt::format("{}_graph", run.request.schema);
  call.request.schema = answer_schema_text(run.request.schema);
  call.request.max_output_tokens = run.limits.max_output_tokens;
  call.deadline = run.clock->steady_now() + run.limits.call_timeout;
  call.key = run.request.key;
  call.strictest = progress.strictest;
  return call;
}

/// The model could not hold the text and its answer at once: halves may fit.
core::Error too_much_at_once() {
  return make_error(LlmError::kContextOverflow, "The model cannot take this much text at once.",
                    "the answer was cut before its first element");
}

/// What follows from an answer: nothing when another call is to be made.
std::optional<ChunkOutcome> conclude(const llm::ChatAnswer& answer, const AnswerReader& reader,
                                     const ReadingLimits& limits, Progress& progress) {
  switch (judge(answer, reader)) {
    case Verdict::kComplete:
      return ChunkOutcome{.error = std::nullopt, .is_read = true};
    case Verdict::kFiltered:
      return ChunkOutcome{make_error(LlmError::kContentFiltered,
                                     "The model server's content filter stopped the answer.", "")};
    case Verdict::kTooLarge:
      return ChunkOutcome{*answer.broken_off};
    case Verdict::kCut:
      if (reader.elements() == 0 && answer.finish == llm::FinishReason::kLength) {
        return ChunkOutcome{too_much_at_once()};
      }
      if (++progress.continuations <= limits.max_continuations) return std::nullopt;
      if (answer.broken_off) return ChunkOutcome{*answer.broken_off};
      return ChunkOutcome{make_error(LlmError::kMalformedAnswer,
                                     "The model's answer was cut off again and again.", "")};
    case Verdict::kUnusable:
      // A server that ignores the schema it was sent may follow one that stands in the prompt.
      progress.strictest =
          answer.rung < llm::Rung::kJsonObject ? llm::Rung::kJsonObject : llm::Rung::kPlainText;
      if (++progress.unusable < kMaxUnusable) return std::nullopt;
      return ChunkOutcome{make_error(LlmError::kMalformedAnswer,
                                     "The model did not answer in the form it was asked for.",
                                     fmt::format("rung {}", llm::to_string(answer.rung)))};
  }
  return std::nullopt;
}

awaitable<ChunkOutcome> read_piece(std::shared_ptr<Run> run, Piece piece) {
  Progress progress;
  const std::string prefix = fmt::format("{}/", piece.number);
  for (;;) {
    auto reader = std::make_shared<AnswerReader>(prefix, progress.written,
                                                 [run, chunk = piece.chunk](Element element) {
                                                   run->assembly->take(chunk, std::move(element));
                                                 });
    auto calling = run->client->complete(make_call(*run, piece, progress), reader);
    core::Result<llm::ChatAnswer> answer = co_await std::move(calling);
    if (!answer) co_return ChunkOutcome{std::move(answer.error())};
    run->account(*answer);
    if (reader->malformed() > 0 && reader->elements() > 0) {
      run->assembly->warn(
          piece.chunk,
          {"malformed_element", fmt::format("{} elements of the model's answer had the wrong form.",
                                            reader->malformed())});
    }
    if (auto outcome = conclude(*answer, *reader, run->limits, progress)) {
      if (outcome->is_read && progress.unusable > 0) run->client->prefer("", answer->rung);
      co_return std::move(*outcome);
    }
  }
}

/// Both halves of a piece, the first one last, so that a stack takes it first.
std::vector<Piece> halve(const Run& run, const Piece& piece, std::size_t& next_number) {
  const std::string_view text = run.index->text(piece.range);
  const std::size_t half = core::count_code_points(text) / 2 + 1;
  std::vector<Piece> halves;
  for (const Chunk part : split_into_chunks(text, half)) {
    halves.push_back({piece.chunk,
                      next_number++,
                      {piece.range.begin + part.begin, piece.range.begin + part.end},
                      piece.halvings + 1});
  }
  std::ranges::reverse(halves);
  return halves;
}

}  // namespace

awaitable<ChunkOutcome> read_chunk(std::shared_ptr<Run> run, std::size_t chunk) {
  std::size_t next_number = 1;
  std::vector<Piece> stack{{chunk, next_number++, run->index->chunks()[chunk], 0}};
  while (!stack.empty()) {
    const Piece piece = stack.back();
    stack.pop_back();
    auto reading = read_piece(run, piece);
    ChunkOutcome outcome = co_await std::move(reading);
    if (outcome.is_read) continue;
    const bool can_halve =
        outcome.error->is(LlmError::kContextOverflow) && piece.halvings < run->limits.max_halvings;
    if (!can_halve) co_return outcome;
    for (Piece& half : halve(*run, piece, next_number)) stack.push_back(half);
  }
  co_return ChunkOutcome{.error = std::nullopt, .is_read = true};
}

}  // namespace graphrail::extract::model

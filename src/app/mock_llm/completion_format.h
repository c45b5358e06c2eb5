// Puts an answer into the protocol: one chat.completion object, or the events of a stream of
// chat.completion.chunk objects. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/mock_llm/answer.h"

namespace graphrail::app::mock_llm {

/// What all objects of one completion carry.
struct CompletionHead {
  std::string id;
  /// Unix seconds.
  std::int64_t created = 0;
  std::string model;
};

/// One chat.completion; without usage when `with_usage` is false.
[[nodiscard]] std::string render_completion(const CompletionHead& head, const Answer& answer,
                                            bool with_usage);

/// Renders the events of one stream, each "data: {…}\n\n".
class StreamFormat {
 public:
  /// `include_usage` puts a null usage into every chunk, as the real server does when it was asked
  /// for the counts.
  StreamFormat(const CompletionHead& head, bool include_usage);

  /// Before all others on Azure: no choice, the prompt's filter results.
  [[nodiscard]] static std::string filter_results();
  /// The role and no content.
  [[nodiscard]] std::string role() const;
  /// A piece of content, or of a refusal.
  [[nodiscard]] std::string content(std::string_view piece) const;
  [[nodiscard]] std::string refusal(std::string_view piece) const;
  [[nodiscard]] std::string finish(std::string_view reason) const;
  /// No choice, the counts.
  [[nodiscard]] std::string usage(const Answer& answer) const;
  [[nodiscard]] static std::string error(std::string_view body);
  [[nodiscard]] static std::string done() { return "data: [DONE]\n\n"; }

 private:
  [[nodiscard]] std::string chunk(std::string_view delta, std::string_view finish_reason) const;

  /// "data: {…" up to the choices, and what follows them.
  std::string before_;
  std::string after_;
};

/// The role, then the content (or the refusal) in pieces of about 24 bytes, one event each.
[[nodiscard]] std::vector<std::string> render_pieces(const StreamFormat& format,
                                                     const Answer& answer);

/// What follows the pieces of a whole answer: its finish, usage if asked for, [DONE].
[[nodiscard]] std::string render_ending(const StreamFormat& format, const Answer& answer,
                                        bool with_usage);

}  // namespace graphrail::app::mock_llm

// One answer of the model while it is written, and the judgement on it when it has ended.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "extract/model/assembly.h"
#include "extract/model/element_reader.h"
#include "llm/chat_client.h"

namespace graphrail::extract::model {

/// Reads elements out of the pieces as they arrive. Ids get the prefix of their answer series, so
/// that two answers to one chunk do not share ids by chance.
class AnswerReader final : public llm::ChatSink, public ElementSink {
 public:
  using OnElement = std::function<void(Element element)>;

  AnswerReader(std::string id_prefix, graph::Graph& written, OnElement on_element)
      : id_prefix_(std::move(id_prefix)), written_(written), on_element_(std::move(on_element)) {}

  bool content(std::string_view piece) override;
  void element(std::string_view array, std::string_view json) override;

  [[nodiscard]] std::size_t elements() const noexcept { return elements_; }
  [[nodiscard]] std::size_t malformed() const noexcept { return malformed_; }
  [[nodiscard]] const ElementReader& reader() const noexcept { return reader_; }

 private:
  /// What may follow a finished answer: a code fence, white space, a sentence.
  static constexpr std::size_t kMaxTrailingBytes = 64 * 1024;

  std::string id_prefix_;
  /// Elements with the answer's own ids, for asking for the rest.
  graph::Graph& written_;
  OnElement on_element_;
  ElementReader reader_;
  std::size_t elements_ = 0;
  std::size_t malformed_ = 0;
  std::size_t trailing_bytes_ = 0;
};

enum class Verdict {
  /// The answer is whole.
  kComplete,
  /// It was cut off; what was read stands, the rest can be asked for.
  kCut,
  /// It does not have the asked-for form at all.
  kUnusable,
  /// The server's content filter ended it; asking again would end the same way.
  kFiltered,
  /// It outgrew the limit; asking for the rest would outgrow it again.
  kTooLarge,
};

/// Pure. A cut answer is never repaired: only elements that were closed count.
[[nodiscard]] Verdict judge(const llm::ChatAnswer& answer, const AnswerReader& reader);

}  // namespace graphrail::extract::model

// A text made ready for asking what it says about two names: the rules' reading of it (tokens,
// sentences, names, sums, stages), and its visible words folded into one string that names are
// looked up in. Built once per text, read-only afterwards, so safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/utf8.h"
#include "extract/rules/document.h"
#include "extract/rules/facts.h"
#include "graph/graph.h"

namespace graphrail::extract::model {

/// Letters and digits of `text` in lower case without accents, nothing else: the form in which
/// names are compared ("Ünlü & Söhne" -> "unlusohne"). Linear.
[[nodiscard]] std::string fold_name(std::string_view text);

class SupportText {
 public:
  /// `text` is well-formed UTF-8 below 4 GiB and must outlive this; `doc` is what the rules read in
  /// it. Linear.
  SupportText(std::string_view text, rules::Document doc);

  [[nodiscard]] const rules::Document& doc() const noexcept { return doc_; }
  /// Where the text speaks of rounds, in text order.
  [[nodiscard]] const std::vector<rules::RoundMention>& rounds() const noexcept {
    return facts_.rounds;
  }

  /// The span's own text; empty for offsets outside the text.
  [[nodiscard]] std::string_view source_of(const graph::Evidence& evidence) const;
  /// The span itself, then other places where the same quote stands, a few at most.
  [[nodiscard]] std::vector<graph::Evidence> places_of(const graph::Evidence& evidence) const;
  /// The visible words the span touches; empty when it touches none.
  [[nodiscard]] rules::TokenRange tokens_of(const graph::Evidence& evidence) const;
  /// `range`, which is not empty, widened to whole sentences.
  [[nodiscard]] rules::TokenRange sentences_of(rules::TokenRange range) const;
  /// Index of the sentence that holds token `token`.
  [[nodiscard]] std::uint32_t sentence_at(std::uint32_t token) const;
  [[nodiscard]] rules::TokenRange sentence(std::uint32_t index) const {
    return {.first = doc_.sentences[index].first, .last = doc_.sentences[index].last};
  }

  /// Where the folded name stands in `range` as whole words, at most `limit` places in order.
  [[nodiscard]] std::vector<rules::TokenRange> find(std::string_view folded,
                                                    rules::TokenRange range,
                                                    std::size_t limit = 64) const;
  [[nodiscard]] rules::TokenRange all() const {
    return {.first = 0, .last = static_cast<std::uint32_t>(doc_.tokens.size())};
  }

 private:
  void fit_sentences();
  void fold_tokens();
  [[nodiscard]] std::uint32_t token_at_fold(std::size_t at) const;

  std::string_view text_;
  core::CodePointIndex index_;
  rules::Document doc_;
  rules::Facts facts_;
  std::string folded_;
  /// Per token, and one past the last, where its letters begin in `folded_`.
  std::vector<std::uint32_t> fold_begin_;
  /// Per byte of `folded_`, and one past its end: a word may begin or end here.
  std::vector<bool> boundary_;
};

}  // namespace graphrail::extract::model

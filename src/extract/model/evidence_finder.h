// Finds where a quote stands in the text. Models copy a sentence but straighten its quotation
// marks, dashes and line breaks; both sides are folded the same way, and what is returned is always
// the text's own spelling. One index per text, then each look-up is one substring search.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/utf8.h"
#include "graph/graph.h"

namespace graphrail::extract::model {

/// A text folded for comparison, with the way back. Folding: white space runs (NBSP and other
/// Unicode spaces included) become one space, curly and angle quotation marks straight ones, every
/// dash "-", the ellipsis three dots; soft hyphens and zero-width characters vanish. Case stays.
struct FoldedText {
  std::string text;
  /// For every byte of `text`, and one past its end, the byte offset in the original.
  std::vector<std::uint32_t> original_offsets;
};

/// Folds well-formed UTF-8 below 4 GiB. Linear.
[[nodiscard]] FoldedText fold_text(std::string_view original);

class EvidenceFinder {
 public:
  /// `text` is well-formed UTF-8 and must outlive the finder.
  explicit EvidenceFinder(std::string_view text);

  /// The first place where `quote` stands, as a verbatim span of the text; nothing when it does not
  /// or is shorter than two characters. Quotation marks, dots and white space that the model put
  /// around its quote are ignored when the quote is not found with them.
  [[nodiscard]] std::optional<graph::Evidence> find(std::string_view quote) const;

  /// The same, but a place within the bytes [begin, end) of the text is preferred: a part of a long
  /// text was asked about.
  [[nodiscard]] std::optional<graph::Evidence> find_near(std::string_view quote, std::size_t begin,
                                                         std::size_t end) const;

 private:
  /// Offsets in the folded text.
  struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  [[nodiscard]] std::optional<graph::Evidence> find_in(std::string_view quote, Range range) const;
  [[nodiscard]] std::optional<graph::Evidence> find_folded(std::string_view folded_quote,
                                                           Range range) const;

  std::string_view text_;
  FoldedText folded_;
  core::CodePointIndex index_;
};

}  // namespace graphrail::extract::model

// Which round a quote speaks of: compares a Round's stage and amount with those the text states at
// the quote. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "extract/model/support_cues.h"
#include "extract/model/support_text.h"
#include "graph/graph.h"

namespace graphrail::extract::model {

enum class RoundFit : std::uint8_t {
  /// The words give this round's stage or amount.
  kNamed,
  /// They give neither.
  kSilent,
  /// They give another stage or amount.
  kConflict,
};

class SupportRound {
 public:
  /// Stage and amounts from the node's properties, else from its label.
  explicit SupportRound(const graph::Node& round);

  /// The round spoken of in `quote` nearest to token `anchor`; where the quote gives neither stage
  /// nor amount, the one of its sentences, else the one the text spoke of last. With `row`, the
  /// sentence of the anchor, what stands in an aside counts only for an anchor in one.
  [[nodiscard]] RoundFit fit(const SupportText& text, rules::TokenRange quote, std::uint32_t anchor,
                             std::span<const SupportRound> known,
                             const CueRow* row = nullptr) const;
  /// As above within `range` only. `known` are the text's rounds as another reader sees them: a sum
  /// that belongs to one of them speaks against every other.
  [[nodiscard]] RoundFit fit_in(const SupportText& text, rules::TokenRange range,
                                std::uint32_t anchor, std::span<const SupportRound> known,
                                const CueRow* row = nullptr) const;
  /// One of the rounds spoken of in `range` is this one.
  [[nodiscard]] bool named_in(const SupportText& text, rules::TokenRange range) const;
  [[nodiscard]] RoundFit fit(const SupportText& text, const rules::RoundMention& mention) const;
  /// The round's amount stands in `range`, but only as a total, a valuation or the like.
  [[nodiscard]] bool only_other_sum_in(const SupportText& text, rules::TokenRange range) const;
  [[nodiscard]] bool agrees_with(const SupportRound& other) const;
  /// Each stated property stands somewhere in the text.
  [[nodiscard]] bool written_in(const SupportText& text) const;

 private:
  [[nodiscard]] RoundFit fit_before(const SupportText& text, std::uint32_t token) const;
  [[nodiscard]] RoundFit fit_among(const SupportText& text, const rules::RoundMention& mention,
                                   std::span<const SupportRound> known) const;
  [[nodiscard]] bool is_amount(std::int64_t amount) const;

  /// Folded ("seriesa"); empty when unknown.
  std::string stage_;
  std::vector<std::int64_t> amounts_;
};

}  // namespace graphrail::extract::model

// One edge and one of its quotes, judged relation by relation: the steps behind
// SupportCheck::check. Borrowed references, single use.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/model/support_check.h"
#include "extract/model/support_investors.h"
#include "extract/model/support_names.h"
#include "extract/model/support_text.h"
#include "extract/model/support_witness.h"

namespace graphrail::extract::model {

class SupportEdge {
 public:
  using Verdict = std::optional<Unsupported>;

  SupportEdge(const SupportText& text, const SupportWitness* witness, const graph::Edge& edge,
              const graph::Node& source, const graph::Node& target);

  /// The edge with all its quotes; nothing when one of them supports it.
  [[nodiscard]] Verdict judge();

 private:
  [[nodiscard]] Verdict judge_quote(const graph::Evidence& evidence);
  [[nodiscard]] Verdict relation() const;
  [[nodiscard]] Verdict investment() const;
  [[nodiscard]] Verdict investor_at(rules::TokenRange mention) const;
  /// Words of the quote that stand for an investor it does not name: the "we" of whoever is quoted,
  /// "an accelerator" where the text calls the investor that.
  [[nodiscard]] std::vector<rules::TokenRange> stand_ins() const;
  /// "we led", "our investment in": the pronoun's own deed.
  [[nodiscard]] bool tells_of_investing(std::uint32_t pronoun) const;
  [[nodiscard]] bool is_speaker() const;
  [[nodiscard]] bool is_described_by(std::uint32_t noun) const;
  [[nodiscard]] Verdict invested_target(const InvestorRole& role, rules::TokenRange mention) const;
  /// The company is no fellow subject of the verb that makes `mention` an investor.
  [[nodiscard]] bool is_object(const InvestorRole& role, rules::TokenRange mention) const;
  [[nodiscard]] Verdict raised() const;
  [[nodiscard]] Verdict raiser() const;
  /// The words around a mention say that money goes to it.
  [[nodiscard]] bool raises_at(rules::TokenRange mention) const;
  [[nodiscard]] std::span<const SupportRound> known_rounds() const;
  [[nodiscard]] bool pronoun_means_other(const SupportNames& names) const;
  [[nodiscard]] Verdict founder() const;
  [[nodiscard]] Verdict partner() const;
  [[nodiscard]] Verdict narrative() const;
  [[nodiscard]] Verdict co_investors() const;
  [[nodiscard]] Verdict free_relation() const;
  [[nodiscard]] Verdict standing(std::uint32_t cue) const;
  /// As above, but plans and rumours around it do not matter.
  [[nodiscard]] Verdict denial(std::uint32_t cue) const;
  [[nodiscard]] bool saw(std::string_view relationship) const;
  /// The project is named in the quotes' sentences, or they speak of the text's own company.
  [[nodiscard]] bool project_meant(const SupportNames& names, bool needs_reference) const;
  [[nodiscard]] bool is_subject(const SupportNames& names) const;
  [[nodiscard]] bool named_in_quotes(const SupportNames& names) const;

  const SupportText& text_;
  const SupportWitness* witness_;
  const graph::Edge& edge_;
  const graph::Node& source_;
  const graph::Node& target_;
  SupportNames source_names_;
  SupportNames target_names_;
  std::vector<rules::TokenRange> quotes_;
  /// The quote at hand and its sentences.
  rules::TokenRange quote_;
  rules::TokenRange whole_;
  std::string_view quote_source_;
};

/// A verdict against an edge.
[[nodiscard]] SupportEdge::Verdict unsupported(std::string_view code, std::string_view message);

}  // namespace graphrail::extract::model

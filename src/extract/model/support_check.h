// Does the quote support the edge? A model's quotes are verbatim (evidence_finder.h), yet they may
// speak of something else: other names, another role, another round, a plan, a denial. This check
// reads the quoted sentences with general rules of the language and with the rules engine as a
// second witness, and says what is missing. Pure; built once per text, then read-only, so one
// object serves any number of threads.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "graph/graph.h"

namespace graphrail::extract::model {

/// Why an edge or a node is not what the text says.
struct Unsupported {
  /// Stable, snake_case: `no_evidence`, `end_not_named`, `no_cue`, `contradicted`, `hedged`,
  /// `other_round`, `instruction`, `label_not_in_text`.
  std::string code;
  /// One sentence for a person.
  std::string message;
};

class SupportCheck {
 public:
  /// `text` (well-formed UTF-8) must outlive the check; `schema` is a graph::Schema's name: the
  /// finer checks are those of "venture". Linear, tens of milliseconds for 400,000 characters.
  SupportCheck(std::string_view text, std::string_view schema);
  ~SupportCheck();
  SupportCheck(SupportCheck&&) noexcept;
  SupportCheck& operator=(SupportCheck&&) noexcept;

  /// Nothing when the edge's quotes support it, else the reason. `source` and `target` are its
  /// ends; evidence offsets count code points. One quote that supports the edge is enough.
  [[nodiscard]] std::optional<Unsupported> check(const graph::Edge& edge, const graph::Node& source,
                                                 const graph::Node& target) const;
  /// Nothing when the text names the node, else the reason. A Round is named by its stage and
  /// amount, a Narrative by its words.
  [[nodiscard]] std::optional<Unsupported> check(const graph::Node& node) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace graphrail::extract::model

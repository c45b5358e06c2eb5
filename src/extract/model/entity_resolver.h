// One entity, one node: decides whether a node the model wrote is one that is known already. Every
// merge has a reason that a person can check; what is only likely is left apart. Deterministic:
// depends on the order of nodes and on nothing else.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/graph.h"

namespace graphrail::extract::model {

/// A name reduced to what identifies it: slug without a leading "the" and without legal forms at
/// the end ("Pillar VC, Inc." -> "pillar-vc"). Never empty.
[[nodiscard]] std::string name_key(std::string_view name);

/// Initials of a name of two or more words ("General Catalyst" -> "gc"); empty otherwise.
[[nodiscard]] std::string initials(std::string_view name);

/// True for two keys of eight or more characters that differ by one edit (Damerau 1964, optimal
/// string alignment) in letters: a misspelling, not another number, numeral or letter of a series.
[[nodiscard]] bool is_misspelling(std::string_view key, std::string_view other);

/// Why a node was taken for a known one.
enum class MergeReason {
  kSameName,
  /// One has a legal form the other leaves out.
  kLegalForm,
  /// An alias of one is the name of the other: "formerly", bracketed short names.
  kAlias,
  /// Initials, where the text writes them in brackets beside the full name.
  kAcronym,
  kSpelling,
};
/// One word or two for a warning's text.
[[nodiscard]] std::string_view to_string(MergeReason reason) noexcept;

struct Merge {
  std::string label;
  std::string into;
  MergeReason reason;
};

/// What became of a node handed to the resolver.
struct Resolved {
  /// Id of the entity in the merged graph.
  std::string id;
  /// The entity is new, or has gained an alias or a property by this node.
  bool changed = false;
};

class EntityResolver {
 public:
  /// Spelling is compared with at most this many known entities of the type; beyond it only exact
  /// keys merge, so that the work stays linear.
  static constexpr std::size_t kMaxSpellingCandidates = 500;

  /// `text` is what was read (for brackets beside names); it must outlive the resolver.
  explicit EntityResolver(std::string_view text) : text_(text) {}

  /// Adds `node`, or merges it into the entity it names: aliases are united, properties that are
  /// missing are filled in, the first value stays.
  Resolved add(graph::Node node);

  /// The merged entity; the id must come from add().
  [[nodiscard]] const graph::Node& entity(std::string_view id) const;
  [[nodiscard]] const std::vector<graph::Node>& entities() const noexcept { return nodes_; }
  /// Merges other than by the same name, in order.
  [[nodiscard]] const std::vector<Merge>& merges() const noexcept { return merges_; }

 private:
  struct Match {
    std::size_t index;
    MergeReason reason;
  };

  [[nodiscard]] std::optional<Match> find(const graph::Node& node) const;
  [[nodiscard]] std::optional<Match> find_spelling(const graph::Node& node) const;
  [[nodiscard]] bool is_bracketed_acronym(std::string_view full, std::string_view acronym) const;
  Resolved append(graph::Node node);
  Resolved merge(graph::Node node, Match match);
  void index_name(const graph::Node& node, std::string_view name, std::size_t position);

  std::string_view text_;
  std::vector<graph::Node> nodes_;
  /// "<type>\n<key>" of every label and alias -> position in nodes_.
  std::unordered_map<std::string, std::size_t> by_key_;
  /// "<type>" -> positions, for the comparison of spellings.
  std::unordered_map<std::string, std::vector<std::size_t>> by_type_;
  std::unordered_map<std::string, std::size_t> by_id_;
  std::vector<Merge> merges_;
};

}  // namespace graphrail::extract::model

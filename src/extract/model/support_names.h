// The forms in which a text may name a node: its label and aliases, without "the" and legal forms,
// the short name of a firm ("Harbor" for "Harbor Capital"), a person's last name, initials. Plain
// values.
#pragma once

#include <string>
#include <vector>

#include "extract/model/support_text.h"
#include "graph/graph.h"

namespace graphrail::extract::model {

class SupportNames {
 public:
  /// At most a few dozen forms, however many aliases the node has.
  explicit SupportNames(const graph::Node& node);

  /// Where `range` names the node, in text order, without overlaps; longer forms win.
  [[nodiscard]] std::vector<rules::TokenRange> find(const SupportText& text,
                                                    rules::TokenRange range) const;
  [[nodiscard]] bool in(const SupportText& text, rules::TokenRange range) const {
    return !find(text, range).empty();
  }
  /// The label or an alias stands in the text as written, short forms not counted.
  [[nodiscard]] bool written_in(const SupportText& text) const;
  /// A link's address carries the name: "https://www.harborcapital.example/team/x".
  [[nodiscard]] bool in_address(std::string_view address) const;
  /// Both may name the same entity.
  [[nodiscard]] bool same_as(const SupportNames& other) const;
  /// `folded` begins with a full form of the name.
  [[nodiscard]] bool begins(std::string_view folded) const;

 private:
  struct Form {
    std::string folded;
    /// Only an upper-case word counts: "Index", not "index".
    bool capital = false;
    /// Not a name by itself; a longer name around it is somebody else's.
    bool shortened = false;
    /// Too little to say that two nodes are one.
    bool first_word = false;
    /// A person's last name, which another given name makes somebody else's.
    bool family = false;
    /// The first letter of the given name.
    char given = 0;
  };
  void add(Form form);
  void add_label(std::string_view label, const graph::Node& node);
  void add_person(const std::vector<std::string_view>& words);
  void add_organization(const std::vector<std::string_view>& words, bool project);
  [[nodiscard]] bool fits(const SupportText& text, const Form& form, rules::TokenRange at) const;

  std::vector<Form> forms_;
};

}  // namespace graphrail::extract::model

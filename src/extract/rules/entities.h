// Which names are the same thing: normal forms, then aliases (prefixes, acronyms, numeronyms such
// as h10t, domains, brackets, slips of one letter). Built once per extraction, read-only after.
#pragma once

#include <string>
#include <vector>

#include "extract/rules/document.h"
#include "extract/rules/facts.h"

namespace graphrail::extract::rules {

struct Entity {
  /// The fullest form in the text.
  std::string label;
  /// Other forms, without the label.
  std::vector<std::string> aliases;
  /// How often any form occurs.
  std::uint32_t count = 0;
  bool firm = false;
  bool fund = false;
  bool person = false;
};

class Entities {
 public:
  Entities(const Document& doc, const Facts& facts);

  /// The entity a name stands for.
  [[nodiscard]] std::uint32_t of_name(std::uint32_t name) const { return entity_of_name_[name]; }
  [[nodiscard]] const Entity& operator[](std::uint32_t entity) const { return entities_[entity]; }
  [[nodiscard]] std::size_t size() const { return entities_.size(); }
  /// The entity whose squeezed form is `stem` ("harborstreet"), or kNone.
  [[nodiscard]] std::uint32_t of_stem(std::string_view stem) const;

 private:
  std::vector<std::uint32_t> entity_of_name_;
  std::vector<Entity> entities_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> stems_;
};

}  // namespace graphrail::extract::rules

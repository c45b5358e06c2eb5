#include "extract/model/support_names.h"

#include <algorithm>
#include <utility>

#include "extract/model/entity_resolver.h"

namespace graphrail::extract::model {
namespace {

using rules::TokenRange;

constexpr std::size_t kMaxAliases = 24;
constexpr std::size_t kMinShortBytes = 3;
constexpr std::size_t kMinAddressBytes = 4;
/// Classes of words that may stand alone for a firm named after them.
constexpr std::uint64_t kNameable = rules::kAdjective | rules::kPlace | rules::kGivenName |
                                    rules::kCommonNoun | rules::kTopLevelDomain |
                                    rules::kNameParticle | rules::kAbbreviation | rules::kFirmNoun |
                                    rules::kCompanyNoun | rules::kModifier;

std::vector<std::string_view> split_words(std::string_view label) {
  std::vector<std::string_view> words;
  constexpr std::size_t kMaxWords = 16;
  while (!label.empty() && words.size() < kMaxWords) {
    const std::size_t end = std::min(label.find_first_of(" \t\r\n"), label.size());
    if (end > 0) words.push_back(label.substr(0, end));
    label.remove_prefix(std::min(end + 1, label.size()));
  }
  return words;
}

std::uint64_t classes_of(std::string_view word) {
  while (word.ends_with('.') || word.ends_with(',')) word.remove_suffix(1);
  return rules::classes_of(rules::word_hash(word));
}

bool is_nameable(std::string_view word) { return (classes_of(word) & ~kNameable) == 0; }

}  // namespace

SupportNames::SupportNames(const graph::Node& node) {
  add_label(node.label, node);
  const std::size_t aliases = std::min(node.aliases.size(), kMaxAliases);
  for (std::size_t i = 0; i < aliases; ++i) add_label(node.aliases[i], node);
  std::sort(forms_.begin(), forms_.end(), [](const Form& a, const Form& b) {
    return std::pair(b.folded.size(), std::string_view(a.folded)) <
           std::pair(a.folded.size(), std::string_view(b.folded));
  });
}

void SupportNames::add(Form form) {
  if (form.folded.empty()) return;
  const auto known = std::find_if(forms_.begin(), forms_.end(),
                                  [&](const Form& other) { return other.folded == form.folded; });
  if (known == forms_.end()) {
    forms_.push_back(std::move(form));
    return;
  }
  known->capital = known->capital && form.capital;
  known->shortened = known->shortened && form.shortened;
  known->first_word = known->first_word && form.first_word;
}

void SupportNames::add_label(std::string_view label, const graph::Node& node) {
  add({.folded = fold_name(label)});
  // What stands in brackets is another form: "Harbor Capital (HC)".
  if (const std::size_t open = label.find(" ("); open != std::string_view::npos) {
    const std::string_view inner = label.substr(open + 2, label.find(')') - open - 2);
    add({.folded = fold_name(label.substr(0, open))});
    if (inner.size() >= 2) add({.folded = fold_name(inner), .capital = true});
    label = label.substr(0, open);
  }
  // The key of a label without letters is a placeholder.
  if (fold_name(label).empty()) return;
  add({.folded = fold_name(name_key(label))});
  if (node.type == "Narrative" || node.type == "Round") return;
  std::vector<std::string_view> words = split_words(label.substr(0, label.find(',')));
  if (words.size() > 1 && rules::word_hash(words.front()) == rules::word_hash("the")) {
    words.erase(words.begin());
  }
  if (words.size() < 2) return;
  const std::string acronym = initials(label);
  if (acronym.size() >= 2) add({.folded = fold_name(acronym), .capital = true, .shortened = true});
  const bool angel = node.properties.contains("kind") && node.properties.at("kind").is_string() &&
                     node.properties.at("kind").as_string() == "angel";
  const bool firm = (classes_of(words.back()) & (rules::kFirmNoun | rules::kLegalSuffix)) != 0;
  if (node.type == "Person" || angel || (node.type == "Investor" && !firm && words.size() <= 3)) {
    add_person(words);
  }
  if (node.type != "Person" && !angel) add_organization(words, node.type == "Project");
}

void SupportNames::add_person(const std::vector<std::string_view>& words) {
  const std::string last = fold_name(words.back());
  const std::string first = fold_name(words.front());
  if (last.size() >= kMinShortBytes && is_nameable(words.back()))
    add({.folded = last,
         .capital = true,
         .shortened = true,
         .family = true,
         .given = words.front().front()});
  const bool given = (classes_of(words.front()) & rules::kGivenName) != 0;
  if (first.size() >= kMinShortBytes && (given || classes_of(words.front()) == 0)) {
    add({.folded = first, .capital = true, .shortened = true, .first_word = true});
  }
}

void SupportNames::add_organization(const std::vector<std::string_view>& words, bool project) {
  std::size_t size = words.size();
  while (size > 1 &&
         (classes_of(words[size - 1]) & (rules::kFirmNoun | rules::kLegalSuffix)) != 0) {
    --size;
    std::string folded;
    for (std::size_t i = 0; i < size; ++i) folded += fold_name(words[i]);
    const bool alone = size > 1 || is_nameable(words.front());
    if (alone && folded.size() >= kMinShortBytes)
      add({.folded = std::move(folded), .capital = true, .shortened = true});
  }
  const std::string first = fold_name(words.front());
  if (project && first.size() >= kMinShortBytes && classes_of(words.front()) == 0) {
    add({.folded = first, .capital = true, .shortened = true, .first_word = true});
  }
}

bool SupportNames::fits(const SupportText& text, const Form& form, TokenRange at) const {
  const rules::Document& doc = text.doc();
  if (form.capital && !doc.tokens[at.first].capital) return false;
  if (!form.shortened) return true;
  // "Spark" inside "Spark Ventures" is not short for "Spark Capital".
  const std::uint32_t name = doc.name_at[at.first];
  if (name == rules::kNone) return true;
  // "Tim Roe" is not the "Roe" of "Jane Roe", "J. Roe" may be.
  const std::uint32_t first = doc.names[name].first;
  if (first < at.first && form.family && doc.names[name].person) {
    return doc.source[doc.tokens[first].begin] == form.given;
  }
  if (doc.names[name].last <= at.last || first < at.first) return true;
  return !doc.has(at.last, rules::kFirmNoun) || doc.has(at.last, rules::kLegalSuffix);
}

std::vector<TokenRange> SupportNames::find(const SupportText& text, TokenRange range) const {
  std::vector<TokenRange> places;
  for (const Form& form : forms_) {
    for (const TokenRange at : text.find(form.folded, range)) {
      if (!fits(text, form, at)) continue;
      const bool taken = std::any_of(places.begin(), places.end(), [&](TokenRange other) {
        return at.first < other.last && other.first < at.last;
      });
      if (!taken) places.push_back(at);
    }
  }
  std::sort(places.begin(), places.end(),
            [](TokenRange a, TokenRange b) { return a.first < b.first; });
  return places;
}

bool SupportNames::written_in(const SupportText& text) const {
  return std::any_of(forms_.begin(), forms_.end(), [&](const Form& form) {
    return !form.shortened && !text.find(form.folded, text.all(), 1).empty();
  });
}

bool SupportNames::in_address(std::string_view address) const {
  if (forms_.empty()) return false;
  const std::string folded = fold_name(address);
  return std::any_of(forms_.begin(), forms_.end(), [&](const Form& form) {
    return form.folded.size() >= kMinAddressBytes && folded.contains(form.folded);
  });
}

bool SupportNames::same_as(const SupportNames& other) const {
  return std::any_of(forms_.begin(), forms_.end(), [&](const Form& mine) {
    return std::any_of(other.forms_.begin(), other.forms_.end(), [&](const Form& theirs) {
      return mine.folded == theirs.folded && !(mine.shortened && theirs.shortened) &&
             !mine.first_word && !theirs.first_word;
    });
  });
}

bool SupportNames::begins(std::string_view folded) const {
  return std::any_of(forms_.begin(), forms_.end(), [&](const Form& form) {
    return form.folded.size() >= kMinShortBytes && folded.starts_with(form.folded);
  });
}

}  // namespace graphrail::extract::model

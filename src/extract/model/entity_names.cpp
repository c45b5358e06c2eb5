#include <algorithm>
#include <array>

#include "core/utf8.h"
#include "extract/model/entity_resolver.h"
#include "graph/slug.h"

namespace graphrail::extract::model {
namespace {

constexpr std::size_t kMinSpellingBytes = 8;
/// Words at the end of a company's name that say its legal form.
constexpr std::array<std::string_view, 30> kLegalForms = {
    "inc", "incorporated", "llc",  "ltd", "limited", "corp", "corporation", "co", "gmbh", "ag",
    "sa",  "sas",          "sarl", "plc", "pte",     "pty",  "bv",          "nv", "oy",   "oyj",
    "ab",  "as",           "asa",  "aps", "spa",     "srl",  "kk",          "kg", "lp",   "llp"};

std::vector<std::string_view> split_words(std::string_view slug) {
  std::vector<std::string_view> words;
  while (!slug.empty()) {
    const std::size_t end = slug.find('-');
    words.push_back(slug.substr(0, end));
    if (end == std::string_view::npos) break;
    slug.remove_prefix(end + 1);
  }
  return words;
}

/// Roman numerals and single letters tell members of a series apart: "Fund II", "Series B".
bool tells_apart(std::string_view word) noexcept {
  if (word.size() <= 1) return true;
  return word.find_first_not_of("ivx") == std::string_view::npos ||
         word.find_first_of("0123456789") != std::string_view::npos;
}

bool has_one_edit(std::string_view a, std::string_view b) noexcept {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  if (a.size() != b.size()) return a.substr(i) == b.substr(i + 1);
  if (i == a.size()) return false;
  if (a.substr(i + 1) == b.substr(i + 1)) return true;
  return i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i] &&
         a.substr(i + 2) == b.substr(i + 2);
}

}  // namespace

std::string name_key(std::string_view name) {
  const std::string slug = graph::make_slug(name);
  std::vector<std::string_view> words = split_words(slug);
  if (words.size() > 1 && words.front() == "the") words.erase(words.begin());
  const auto is_legal_form = [](std::string_view word) {
    return std::find(kLegalForms.begin(), kLegalForms.end(), word) != kLegalForms.end();
  };
  while (words.size() > 1 && is_legal_form(words.back())) words.pop_back();
  std::string key;
  for (const std::string_view word : words) {
    if (!key.empty()) key += '-';
    key += word;
  }
  return key;
}

std::string initials(std::string_view name) {
  const std::string slug = graph::make_slug(name);
  const std::vector<std::string_view> words = split_words(slug);
  if (words.size() < 2) return {};
  std::string out;
  for (const std::string_view word : words) {
    out += word.substr(0, core::decode_code_point(word, 0).bytes);
  }
  return out;
}

bool is_misspelling(std::string_view key, std::string_view other) {
  if (std::min(key.size(), other.size()) < kMinSpellingBytes) return false;
  if (key.front() != other.front() || !has_one_edit(key, other)) return false;
  const std::vector<std::string_view> words = split_words(key);
  const std::vector<std::string_view> other_words = split_words(other);
  // A hyphen more or less is spelling: "sequoia-capital", "sequoiacapital".
  if (words.size() != other_words.size()) return true;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == other_words[i]) continue;
    if (tells_apart(words[i]) || tells_apart(other_words[i])) return false;
  }
  return true;
}

std::string_view to_string(MergeReason reason) noexcept {
  switch (reason) {
    case MergeReason::kSameName:
      return "same name";
    case MergeReason::kLegalForm:
      return "legal form";
    case MergeReason::kAlias:
      return "alias";
    case MergeReason::kAcronym:
      return "acronym";
    case MergeReason::kSpelling:
      return "spelling";
  }
  return "same name";
}

}  // namespace graphrail::extract::model

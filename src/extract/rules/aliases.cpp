#include "extract/rules/aliases.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "extract/rules/lexicon.h"
#include "extract/rules/token.h"

namespace graphrail::extract::rules {
namespace {

constexpr std::size_t kMostPerBucket = 12;

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
using Buckets = std::unordered_map<std::string, std::vector<std::uint32_t>>;

void put(Buckets& buckets, const std::string& key, std::uint32_t form) {
  if (key.empty()) return;
  std::vector<std::uint32_t>& bucket = buckets[key];
  if (bucket.size() < kMostPerBucket) bucket.push_back(form);
}

std::uint64_t classes(const std::string& word) { return classes_of(word_hash(word)); }

bool generic(const std::string& word) {
  return (classes(word) & (kFirmNoun | kLegalSuffix | kCompanyNoun | kCommonNoun)) != 0 &&
         (classes(word) & kPlace) == 0;
}

bool only_generic(const NameForm& form, std::size_t from) {
  for (std::size_t w = from; w < form.words.size(); ++w) {
    const bool last_resort = form.words.size() - from == 2 && w == from && from > 0;
    if (!generic(form.words[w]) && !(last_resort && (classes(form.words[w]) & kAdjective) != 0)) {
      return false;
    }
  }
  return true;
}

std::string squeezed(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += word;
  return out;
}

std::string initials(const NameForm& form) {
  std::string out;
  if (form.words.size() < 2 || form.words.size() > 6) return out;
  for (const std::string& word : form.words) {
    if (word != "of" && word != "and" && word != "the" && word != "&") out.push_back(word[0]);
  }
  return out.size() >= 2 ? out : std::string();
}

/// The part of a firm's name that is its own: "stone" of "Stone Venture Partners".
std::string core(const NameForm& form) {
  std::size_t size = form.words.size();
  while (size > 1 && (classes(form.words[size - 1]) & (kFirmNoun | kLegalSuffix)) != 0) --size;
  std::string out;
  for (std::size_t w = 0; w < size; ++w) out += form.words[w] + ' ';
  return size < form.words.size() ? out : std::string();
}

bool one_letter_apart(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin());
  if (left == a.end()) return true;
  const auto rest_a = a.substr(static_cast<std::size_t>(left - a.begin()));
  const auto rest_b = b.substr(static_cast<std::size_t>(right - b.begin()));
  return rest_a.substr(a.size() == b.size() ? 1 : 0) == rest_b.substr(1);
}

bool letters_only(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class AliasFinder {
 public:
  explicit AliasFinder(const std::vector<NameForm>& forms) : forms_(forms) {}

  Pairs run() {
    for (std::uint32_t f = 0; f < forms_.size(); ++f) index(f);
    for (std::uint32_t f = 0; f < forms_.size(); ++f) {
      prefix(f);
      person_part(f);
      shorthand(f);
    }
    same_core();
    misspelt();
    return std::move(pairs_);
  }

 private:
  void index(std::uint32_t f) {
    const NameForm& form = forms_[f];
    if (form.words.empty()) return;
    std::string joined;
    // Every shorter beginning of the name, so that a short form finds its long one.
    for (std::size_t w = 0; w + 1 < form.words.size() && w < 4; ++w) {
      joined += form.words[w] + ' ';
      if (!form.person && only_generic(form, w + 1)) put(beginnings_, joined, f);
    }
    if (form.person) {
      put(given_, form.words.front(), f);
      put(family_, form.words.back(), f);
    }
    put(shorthands_, initials(form), f);
    put(shorthands_, numeronym(form.words), f);
    if (form.firm) put(cores_, core(form), f);
    const std::string all = squeezed(form.words);
    if (all.size() >= 7) put(spellings_, all.substr(0, 4), f);
    const std::size_t dot = form.words.front().find('.');
    if (form.words.size() == 1 && dot != std::string::npos) {
      domains_.emplace_back(form.words.front().substr(0, dot), f);
    } else {
      put(stems_, all, f);
    }
  }

  void link_all(const Buckets& buckets, const std::string& key, std::uint32_t f) {
    const auto found = buckets.find(key);
    if (found == buckets.end()) return;
    for (const std::uint32_t other : found->second) {
      if (other != f) pairs_.emplace_back(f, other);
    }
  }

  /// "Harbor" and "Harbor VC".
  void prefix(std::uint32_t f) {
    if (forms_[f].person) return;
    std::string joined;
    for (const std::string& word : forms_[f].words) joined += word + ' ';
    link_all(beginnings_, joined, f);
  }

  /// "Matvey" or "Kukuy" for "Matvey Kukuy", when only one person fits.
  void person_part(std::uint32_t f) {
    if (forms_[f].words.size() != 1) return;
    for (const Buckets* buckets : {&given_, &family_}) {
      const auto found = buckets->find(forms_[f].words.front());
      if (found == buckets->end() || found->second.size() != 1) continue;
      pairs_.emplace_back(f, found->second.front());
      return;
    }
  }

  /// Acronyms and numeronyms.
  void shorthand(std::uint32_t f) {
    const NameForm& form = forms_[f];
    if (form.words.size() != 1 || form.words.front().size() > 6) return;
    const bool number = !letters_only(form.words.front());
    if (!form.capital_letters_only && !number) return;
    link_all(shorthands_, form.words.front(), f);
  }

  void same_core() {
    for (const auto& [key, bucket] : cores_) {
      for (std::size_t k = 1; k < bucket.size(); ++k) pairs_.emplace_back(bucket[0], bucket[k]);
    }
  }

  /// "Harbour" and "Harbor"; "acme.io" and "Acme".
  void misspelt() {
    for (const auto& [key, bucket] : spellings_) {
      for (std::size_t a = 0; a < bucket.size(); ++a) {
        const std::string first = squeezed(forms_[bucket[a]].words);
        if (!letters_only(first)) continue;
        for (std::size_t b = a + 1; b < bucket.size(); ++b) {
          if (one_letter_apart(first, squeezed(forms_[bucket[b]].words))) {
            pairs_.emplace_back(bucket[a], bucket[b]);
          }
        }
      }
    }
    for (const auto& [stem, form] : domains_) link_all(stems_, stem, form);
  }

  const std::vector<NameForm>& forms_;
  Pairs pairs_;
  Buckets beginnings_;
  Buckets given_;
  Buckets family_;
  Buckets shorthands_;
  Buckets cores_;
  Buckets spellings_;
  Buckets stems_;
  std::vector<std::pair<std::string, std::uint32_t>> domains_;
};

}  // namespace

std::string numeronym(const std::vector<std::string>& words) {
  const std::string all = squeezed(words);
  if (words.size() < 2 || all.size() < 8 || !letters_only(all)) return {};
  return all.front() + std::to_string(all.size() - 2) + all.back();
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> find_aliases(
    const std::vector<NameForm>& forms) {
  return AliasFinder(forms).run();
}

}  // namespace graphrail::extract::rules

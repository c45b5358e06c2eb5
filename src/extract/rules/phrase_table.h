// A table of phrases of one to several words, looked up at a token: the usual shape of a rule's
// cues. Built once, read-only, longest phrase first.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "extract/rules/document.h"

namespace graphrail::extract::rules {

template <typename Value>
class PhraseTable {
 public:
  struct Row {
    std::string_view phrase;
    Value value;
  };
  struct Match {
    Value value;
    /// First token after the phrase.
    std::uint32_t last;
  };

  /// Phrases are lower case, words separated by one space.
  explicit PhraseTable(std::span<const Row> rows) {
    for (const auto& [phrase, value] : rows) {
      Entry entry{.words = split(phrase), .value = value};
      entries_[entry.words.front()].push_back(std::move(entry));
    }
    for (auto& [first, list] : entries_) {
      std::sort(list.begin(), list.end(),
                [](const Entry& a, const Entry& b) { return a.words.size() > b.words.size(); });
      filter_[first & kFilterMask] = true;
    }
  }

  /// The longest phrase that starts at token `i` and ends by `last`.
  [[nodiscard]] std::optional<Match> match(const Document& doc, std::uint32_t i,
                                           std::uint32_t last) const {
    const std::uint64_t hash = doc.tokens[i].hash;
    if (!filter_[hash & kFilterMask]) return std::nullopt;
    const auto found = entries_.find(hash);
    if (found == entries_.end()) return std::nullopt;
    for (const Entry& entry : found->second) {
      const auto size = static_cast<std::uint32_t>(entry.words.size());
      if (i + size > last) continue;
      std::uint32_t k = 1;
      while (k < size && doc.tokens[i + k].hash == entry.words[k]) ++k;
      if (k == size) return Match{entry.value, i + size};
    }
    return std::nullopt;
  }

 private:
  static constexpr std::size_t kFilterMask = 1023;
  struct Entry {
    std::vector<std::uint64_t> words;
    Value value;
  };

  static std::vector<std::uint64_t> split(std::string_view phrase) {
    std::vector<std::uint64_t> words;
    while (!phrase.empty()) {
      const std::size_t end = std::min(phrase.find(' '), phrase.size());
      words.push_back(word_hash(phrase.substr(0, end)));
      phrase.remove_prefix(std::min(end + 1, phrase.size()));
    }
    return words;
  }

  std::unordered_map<std::uint64_t, std::vector<Entry>> entries_;
  std::vector<bool> filter_ = std::vector<bool>(kFilterMask + 1, false);
};

}  // namespace graphrail::extract::rules

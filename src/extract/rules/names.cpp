#include "extract/rules/names.h"

#include <algorithm>
#include <unordered_map>

#include "extract/rules/name_grammar.h"
#include "extract/rules/odd_names.h"

namespace graphrail::extract::rules {
namespace {

constexpr std::size_t kKnownPerWord = 6;

class NameFinder {
 public:
  explicit NameFinder(Document& doc) : doc_(doc), grammar_(doc) {}

  void run() {
    for (std::uint32_t s = 0; s < doc_.sentences.size(); ++s) {
      if (!doc_.sentences[s].title_case) running_text(s);
    }
    remember_known();
    for (std::uint32_t s = 0; s < doc_.sentences.size(); ++s) {
      if (doc_.sentences[s].title_case) headline(s);
    }
    known_.clear();
    remember_known();
    number_by_position();
    for (Name& name : doc_.names) unglue(name);
  }

 private:
  /// Headings and inserted titles stuck to a sentence: "… New Trading System Acme has raised" and
  /// "Acme Bolt led the round of Acme". Words that belong to another known name are cut off.
  void unglue(Name& name) {
    const std::uint32_t before = name.first;
    for (std::uint32_t i = name.first + 2; i < name.last; ++i) {
      if (doc_.has(i - 1, kCompanyNoun | kCommonNoun | kMoneyTrap) && known_elsewhere(i)) {
        name.first = i;
      }
    }
    const Sentence& sentence = doc_.sentences[name.sentence];
    if (name.first == sentence.first && name.last - name.first == 2 && !name.firm &&
        finite_verb_at(name.last) && repeated(name.first, sentence)) {
      ++name.first;
    }
    for (std::uint32_t i = before; i < name.first; ++i) doc_.name_at[i] = kNone;
  }

  bool finite_verb_at(std::uint32_t i) const {
    return i < doc_.tokens.size() && doc_.lower_word(i) &&
           doc_.has(i, kAuxiliary | kAnnounce | kRaise | kLead | kInvest);
  }

  /// A one-word name that starts with this token is known from another place.
  bool known_elsewhere(std::uint32_t i) const {
    const auto found = known_.find(doc_.tokens[i].hash);
    if (found == known_.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(), [&](const TokenRange& known) {
      return known.first != i && known.last - known.first == 1;
    });
  }

  /// The same word is a name of its own later in the sentence.
  bool repeated(std::uint32_t first, const Sentence& sentence) const {
    const std::uint32_t end = std::min(sentence.last, first + 40);
    for (std::uint32_t i = first + 2; i < end; ++i) {
      const std::uint32_t name = doc_.name_starting(i);
      if (name != kNone && doc_.names[name].last == i + 1 &&
          doc_.tokens[i].hash == doc_.tokens[first].hash) {
        return true;
      }
    }
    return false;
  }

  void running_text(std::uint32_t s) {
    Sentence sentence = doc_.sentences[s];
    sentence.last = grammar_.before_publisher(sentence);
    sentence.first = grammar_.after_dateline(sentence);
    std::uint32_t i = sentence.first;
    while (i < sentence.last) {
      if (!grammar_.name_word(i)) {
        const std::uint32_t end = grammar_.numbered_end(i, sentence.last);
        const bool point = i > sentence.first && doc_.symbol(i - 1, '.') &&
                           doc_.tokens[i - 1].space_before && !doc_.tokens[i].space_before;
        if (end > i) add(s, point ? i - 1 : i, end);
        i = std::max(end, i + 1);
        continue;
      }
      if (grammar_.role_break(i, sentence.last, true)) {
        ++i;
        continue;
      }
      std::uint32_t first = i;
      const bool firm_next = doc_.has(i + 1, kFundNoun) && doc_.tokens[i + 1].capital;
      const std::uint32_t end =
          doc_.tokens[i].capital || firm_next ? grammar_.run_end(i, sentence.last) : i + 1;
      const bool at_start = first == sentence.first;
      if (at_start && end - first > 1 && grammar_.opener(first)) ++first;
      if (grammar_.accept(first, end, at_start, false)) add(s, first, end);
      i = end;
    }
  }

  void add(std::uint32_t s, std::uint32_t first, std::uint32_t last) {
    Name name{.first = first, .last = last, .sentence = s};
    const std::uint32_t size = last - first;
    name.firm = size >= 2 && doc_.has(last - 1, kFirmNoun | kLegalSuffix);
    name.fund = size >= 2 && doc_.has(last - 1, kFundNoun);
    name.person = size >= 2 && size <= 5 && doc_.has(first, kGivenName) && !name.firm;
    doc_.names.push_back(name);
  }

  void remember_known() {
    for (const Name& name : doc_.names) {
      std::vector<TokenRange>& same = known_[doc_.tokens[name.first].hash];
      if (same.size() < kKnownPerWord) same.push_back({name.first, name.last});
    }
  }

  /// End of the longest known name that starts at `i`, or `i`.
  std::uint32_t known_end(std::uint32_t i, std::uint32_t last) const {
    const auto found = known_.find(doc_.tokens[i].hash);
    if (found == known_.end() || doc_.tokens[i].kind != TokenKind::kWord || grammar_.taken(i))
      return i;
    std::uint32_t best = i;
    for (const TokenRange& name : found->second) {
      std::uint32_t size = name.last - name.first;
      // "Point Nine" in a headline for "Point Nine Capital" in the text.
      if (size > 2 && doc_.has(name.last - 1, kFundNoun) &&
          (i + size > last || doc_.tokens[i + size - 1].hash != doc_.tokens[name.last - 1].hash)) {
        --size;
      }
      if (i + size > last || size <= best - i) continue;
      bool same = true;
      for (std::uint32_t k = 0; k < size && same; ++k) {
        same = doc_.tokens[i + k].hash == doc_.tokens[name.first + k].hash;
      }
      if (same) best = i + size;
    }
    return best;
  }

  void headline(std::uint32_t s) {
    Sentence sentence = doc_.sentences[s];
    sentence.last = grammar_.before_publisher(sentence);
    std::uint32_t i = sentence.first;
    while (i < sentence.last) {
      if (const std::uint32_t known = known_end(i, sentence.last); known > i) {
        add(s, i, known);
        i = known;
        continue;
      }
      if (const std::uint32_t end = grammar_.numbered_end(i, sentence.last); end > i) {
        add(s, i, end);
        i = end;
        continue;
      }
      if (!grammar_.headline_word(i, true)) {
        ++i;
        continue;
      }
      std::uint32_t end = i + 1;
      while (end < sentence.last && end - i < kLongestName) {
        if (known_end(end, sentence.last) > end) break;
        if (grammar_.headline_word(end, false)) {
          ++end;
        } else if (end + 1 < sentence.last && doc_.symbol(end, '&') &&
                   grammar_.headline_word(end + 1, true)) {
          end += 2;
        } else {
          break;
        }
      }
      const bool descriptor = doc_.has(end, kCompanyNoun | kCommonNoun) && end < sentence.last &&
                              doc_.tokens[end].capital && !doc_.has(end, kVerb);
      if (!descriptor && grammar_.accept(i, end, false, true)) add(s, i, end);
      i = end;
    }
  }

  void number_by_position() {
    std::sort(doc_.names.begin(), doc_.names.end(),
              [](const Name& a, const Name& b) { return a.first < b.first; });
    doc_.name_at.assign(doc_.tokens.size(), kNone);
    for (std::uint32_t n = 0; n < doc_.names.size(); ++n) {
      for (std::uint32_t i = doc_.names[n].first; i < doc_.names[n].last; ++i) doc_.name_at[i] = n;
    }
  }

  Document& doc_;
  NameGrammar grammar_;
  std::unordered_map<std::uint64_t, std::vector<TokenRange>> known_;
};

}  // namespace

void find_names(Document& doc) {
  doc.name_at.assign(doc.tokens.size(), kNone);
  NameFinder(doc).run();
  find_odd_names(doc);
}

}  // namespace graphrail::extract::rules

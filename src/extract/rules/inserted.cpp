#include "extract/rules/inserted.h"

#include <algorithm>
#include <unordered_set>

namespace graphrail::extract::rules {
namespace {

constexpr std::uint32_t kLongestHeadline = 30;

class Dropper {
 public:
  explicit Dropper(Document& doc) : doc_(doc) {
    for (const Token& token : doc_.tokens) {
      if (token.block != doc_.tokens.front().block) break;
      if (token.capital && (token.classes & ~kFirmNoun) == 0) title_words_.insert(token.hash);
    }
  }

  void run() {
    std::vector<Token> kept;
    kept.reserve(doc_.tokens.size());
    for (std::uint32_t i = 0; i < doc_.tokens.size();) {
      const std::uint32_t headline = cue_end(i);
      if (headline == i) {
        kept.push_back(doc_.tokens[i++]);
      } else {
        i = headline_end(headline);
      }
    }
    doc_.tokens = std::move(kept);
  }

 private:
  /// First token after "Also read:" and the like at `i`, or `i`.
  std::uint32_t cue_end(std::uint32_t i) const {
    if (!doc_.tokens[i].capital || !doc_.symbol(i + 2, ':')) return i;
    const bool also = doc_.is(i, "also"_w) || doc_.is(i, "see"_w) || doc_.is(i, "must"_w);
    const bool read = doc_.is(i, "read"_w) || doc_.is(i, "related"_w);
    const bool cue = (also && (doc_.is(i + 1, "read"_w) || doc_.is(i + 1, "see"_w) ||
                               doc_.is(i + 1, "also"_w))) ||
                     (read && (doc_.is(i + 1, "more"_w) || doc_.is(i + 1, "also"_w) ||
                               doc_.is(i + 1, "next"_w) || doc_.is(i + 1, "story"_w) ||
                               doc_.is(i + 1, "article"_w) || doc_.is(i + 1, "reading"_w)));
    return cue ? i + 3 : i;
  }

  /// Could token `i` stand in a headline that capitalises its words?
  bool headline_word(std::uint32_t i) const {
    const Token& token = doc_.tokens[i];
    if (token.kind != TokenKind::kWord || token.capital) return true;
    const bool suffix = token.end - token.begin <= 2;
    return suffix ||
           (token.classes & (kPreposition | kConjunction | kDeterminer | kMagnitude)) != 0;
  }

  bool ends(std::uint32_t i) const {
    return (doc_.symbol(i, '.') || doc_.symbol(i, '!') || doc_.text(i) == "?") &&
           !doc_.has(i - 1, kAbbreviation);
  }

  /// Where the text goes on: at the headline's stop, at the end of its block, or at the sentence
  /// glued to it, which starts with a word of the title, a capital article or the last capital.
  std::uint32_t headline_end(std::uint32_t first) const {
    const std::uint32_t limit =
        std::min(first + kLongestHeadline, static_cast<std::uint32_t>(doc_.tokens.size()));
    std::uint32_t at = first;
    while (at < limit && doc_.tokens[at].block == doc_.tokens[first].block && headline_word(at)) {
      if (ends(at)) return at + 1;
      ++at;
    }
    if (at == doc_.tokens.size() || doc_.tokens[at].block != doc_.tokens[first].block) return at;
    std::uint32_t last_capital = at;
    for (std::uint32_t i = at; i > first + 1; --i) {
      const std::uint32_t k = i - 1;
      const Token& token = doc_.tokens[k];
      if (token.kind != TokenKind::kWord || !token.capital) continue;
      if (title_words_.contains(token.hash)) return title_run(k, first);
      if (last_capital == at) last_capital = k;
      if (doc_.has(k, kDeterminer | kPronoun)) return k;
    }
    return last_capital;
  }

  std::uint32_t title_run(std::uint32_t k, std::uint32_t first) const {
    while (k > first && title_words_.contains(doc_.tokens[k - 1].hash)) --k;
    return k;
  }

  Document& doc_;
  std::unordered_set<std::uint64_t> title_words_;
};

}  // namespace

void drop_inserted_headlines(Document& doc) {
  if (!doc.tokens.empty()) Dropper(doc).run();
}

}  // namespace graphrail::extract::rules

#include "extract/rules/sentences.h"

#include <algorithm>

namespace graphrail::extract::rules {
namespace {

/// A full stop after an abbreviation or an initial does not end a sentence.
bool abbreviated(const Document& doc, std::uint32_t stop) {
  if (stop == 0) return false;
  const Token& before = doc.tokens[stop - 1];
  if (doc.tokens[stop].space_before || before.kind != TokenKind::kWord) return false;
  // "closed its Series A. Acme led": the letter is a stage, not an initial.
  if (stop > 1 && (doc.is(stop - 2, "series"_w) || doc.is(stop - 2, "round"_w))) return false;
  if (before.end - before.begin == 1 && before.capital && !doc.is(stop - 1, "i"_w)) return true;
  if ((before.classes & kAbbreviation) == 0) return false;
  if ((before.classes & kLegalSuffix) == 0) return true;
  // "Acme Inc. was" and "Acme Inc., a" go on; "by Acme Inc. The" ends.
  return stop + 1 < doc.tokens.size() && !doc.tokens[stop + 1].capital;
}

bool ends_sentence(const Document& doc, std::uint32_t i) {
  const Token& token = doc.tokens[i];
  if (token.symbol == '!' || (token.symbol == '?' && doc.text(i) == "?")) return true;
  if (token.symbol != '.') return false;
  // "Jane Roe, M.D., partner": a comma goes on with the sentence.
  if (doc.symbol(i + 1, ',') && !doc.tokens[i + 1].space_before) return false;
  // ".406 Ventures": the point of a number.
  if (token.space_before && i + 1 < doc.tokens.size() && !doc.tokens[i + 1].space_before &&
      doc.tokens[i + 1].kind == TokenKind::kNumber) {
    return false;
  }
  return !abbreviated(doc, i);
}

bool reads_as_headline(const Document& doc, const Sentence& sentence) {
  constexpr std::uint32_t kLongest = 40;
  if (sentence.last - sentence.first > kLongest) return false;
  unsigned words = 0;
  unsigned capitals = 0;
  for (std::uint32_t i = sentence.first + 1; i < sentence.last; ++i) {
    const Token& token = doc.tokens[i];
    if (token.kind != TokenKind::kWord || (token.classes & kFunctionWord & ~kAdverb) != 0) continue;
    if (token.end - token.begin < 3) continue;
    ++words;
    capitals += token.capital ? 1 : 0;
  }
  return words >= 3 && capitals * 10 >= words * 7;
}

}  // namespace

void find_sentences(Document& doc) {
  const auto size = static_cast<std::uint32_t>(doc.tokens.size());
  std::uint32_t first = 0;
  const auto close = [&](std::uint32_t last) {
    if (last == first) return;
    Sentence sentence{.first = first, .last = last, .block = doc.tokens[first].block};
    sentence.kind = doc.blocks[sentence.block].kind;
    const bool heading = sentence.kind == BlockKind::kTitle ||
                         sentence.kind == BlockKind::kHeading || sentence.kind == BlockKind::kField;
    sentence.title_case = heading && reads_as_headline(doc, sentence);
    doc.sentences.push_back(sentence);
    first = last;
  };
  for (std::uint32_t i = 0; i < size; ++i) {
    if (i > first && doc.tokens[i].block != doc.tokens[i - 1].block) close(i);
    if (!ends_sentence(doc, i)) continue;
    std::uint32_t last = i + 1;
    while (last < size && (doc.symbol(last, '"') || doc.symbol(last, ')')) &&
           !doc.tokens[last].space_before && doc.tokens[last].block == doc.tokens[i].block) {
      ++last;
    }
    close(last);
    i = last - 1;
  }
  close(size);
}

}  // namespace graphrail::extract::rules

#include "extract/model/support_text.h"

#include <algorithm>
#include <cstring>

#include "extract/rules/round_mentions.h"
#include "graph/slug.h"

namespace graphrail::extract::model {
namespace {

using rules::TokenRange;

bool is_ascii_alnum(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool is_ascii(std::string_view word) noexcept {
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Appends the folded letters of one word; `boundaries`, when given, gains one entry per byte.
void append_folded(std::string_view word, std::string& out, std::vector<bool>* boundaries) {
  bool start = true;
  const auto put = [&](char c) {
    out += c;
    if (boundaries != nullptr) boundaries->push_back(start);
    start = false;
  };
  if (is_ascii(word)) {
    for (const char c : word) {
      if (is_ascii_alnum(c)) {
        put(lower(c));
      } else {
        start = true;
      }
    }
    return;
  }
  const std::string slug = graph::make_slug(word);
  // The slug of a word without letters is a placeholder.
  if (slug == "node") return;
  for (const char c : slug) {
    if (c == '-') {
      start = true;
      continue;
    }
    // Scripts written without spaces have no word boundaries to insist on.
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0xE3 && byte <= 0xEF) start = true;
    put(c);
  }
}

}  // namespace

std::string fold_name(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n-./,'"), text.size());
    append_folded(text.substr(0, end), out, nullptr);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

SupportText::SupportText(std::string_view text, rules::Document doc)
    : text_(text), index_(text), doc_(std::move(doc)) {
  fit_sentences();
  rules::find_round_mentions(doc_, facts_);
  fold_tokens();
}

void SupportText::fit_sentences() {
  // No sentence begins with a comma ("Jane Roe, Ph.D., partner at Acme"), and none is so long that
  // reading it whole for every edge would cost.
  constexpr std::uint32_t kLongest = 600;
  std::vector<rules::Sentence> fitted;
  for (rules::Sentence sentence : doc_.sentences) {
    const bool goes_on = !fitted.empty() && doc_.symbol(sentence.first, ',') &&
                         fitted.back().block == sentence.block &&
                         sentence.last - fitted.back().first <= kLongest;
    if (goes_on) {
      fitted.back().last = sentence.last;
      continue;
    }
    while (sentence.last - sentence.first > kLongest) {
      rules::Sentence part = sentence;
      part.last = part.first + kLongest;
      sentence.first = part.last;
      fitted.push_back(part);
    }
    fitted.push_back(sentence);
  }
  doc_.sentences = std::move(fitted);
  for (rules::Name& name : doc_.names) name.sentence = sentence_at(name.first);
}

void SupportText::fold_tokens() {
  folded_.reserve(text_.size());
  boundary_.reserve(text_.size());
  fold_begin_.reserve(doc_.tokens.size() + 1);
  for (std::size_t i = 0; i < doc_.tokens.size(); ++i) {
    fold_begin_.push_back(static_cast<std::uint32_t>(folded_.size()));
    if (doc_.tokens[i].kind == rules::TokenKind::kSymbol) continue;
    append_folded(doc_.text(i), folded_, &boundary_);
  }
  fold_begin_.push_back(static_cast<std::uint32_t>(folded_.size()));
  boundary_.push_back(true);
}

std::string_view SupportText::source_of(const graph::Evidence& evidence) const {
  if (evidence.start >= evidence.end || evidence.end > index_.size()) return {};
  const std::size_t begin = index_.byte_offset_of(evidence.start);
  return text_.substr(begin, index_.byte_offset_of(evidence.end) - begin);
}

std::vector<graph::Evidence> SupportText::places_of(const graph::Evidence& evidence) const {
  constexpr std::size_t kMaxPlaces = 6;
  // A longer quote stands once; searching for it everywhere would be for nothing.
  constexpr std::size_t kMaxBytes = 120;
  std::vector<graph::Evidence> places = {evidence};
  const std::string_view quote = source_of(evidence);
  if (quote.size() < 2 || quote.size() > kMaxBytes || quote != evidence.quote) return places;
  const std::size_t known = index_.byte_offset_of(evidence.start);
  for (std::size_t at = 0; places.size() < kMaxPlaces; ++at) {
    const void* hit = ::memmem(text_.data() + at, text_.size() - at, quote.data(), quote.size());
    if (hit == nullptr) break;
    at = static_cast<std::size_t>(static_cast<const char*>(hit) - text_.data());
    if (at == known) continue;
    graph::Evidence& place = places.emplace_back(evidence);
    place.start = index_.code_points_before(at);
    place.end = index_.code_points_before(at + quote.size());
  }
  return places;
}

TokenRange SupportText::tokens_of(const graph::Evidence& evidence) const {
  if (evidence.start >= evidence.end || evidence.end > index_.size()) return {};
  const auto begin = index_.byte_offset_of(evidence.start);
  const auto end = index_.byte_offset_of(evidence.end);
  const auto first =
      std::partition_point(doc_.tokens.begin(), doc_.tokens.end(),
                           [&](const rules::Token& token) { return token.end <= begin; });
  const auto last = std::partition_point(
      first, doc_.tokens.end(), [&](const rules::Token& token) { return token.begin < end; });
  return {.first = static_cast<std::uint32_t>(first - doc_.tokens.begin()),
          .last = static_cast<std::uint32_t>(last - doc_.tokens.begin())};
}

std::uint32_t SupportText::sentence_at(std::uint32_t token) const {
  const auto found =
      std::partition_point(doc_.sentences.begin(), doc_.sentences.end(),
                           [&](const rules::Sentence& sentence) { return sentence.last <= token; });
  const auto index = static_cast<std::uint32_t>(found - doc_.sentences.begin());
  return std::min(index, static_cast<std::uint32_t>(doc_.sentences.size() - 1));
}

TokenRange SupportText::sentences_of(TokenRange range) const {
  return {.first = doc_.sentences[sentence_at(range.first)].first,
          .last = doc_.sentences[sentence_at(range.last - 1)].last};
}

std::uint32_t SupportText::token_at_fold(std::size_t at) const {
  const auto after = std::upper_bound(fold_begin_.begin(), fold_begin_.end(), at);
  return static_cast<std::uint32_t>(after - fold_begin_.begin()) - 1;
}

std::vector<TokenRange> SupportText::find(std::string_view folded, TokenRange range,
                                          std::size_t limit) const {
  std::vector<TokenRange> places;
  if (folded.empty() || range.first >= range.last) return places;
  const std::size_t stop = fold_begin_[range.last];
  std::size_t at = fold_begin_[range.first];
  while (at + folded.size() <= stop && places.size() < limit) {
    const void* hit = ::memmem(folded_.data() + at, stop - at, folded.data(), folded.size());
    if (hit == nullptr) break;
    const auto begin = static_cast<std::size_t>(static_cast<const char*>(hit) - folded_.data());
    const std::size_t end = begin + folded.size();
    at = begin + 1;
    if (!boundary_[begin] || !boundary_[end]) continue;
    places.push_back({.first = token_at_fold(begin), .last = token_at_fold(end - 1) + 1});
  }
  return places;
}

}  // namespace graphrail::extract::model

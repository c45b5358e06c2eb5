#include "extract/rules/alias_rules.h"

#include <array>
#include <unordered_map>
#include <vector>

#include "extract/rules/phrase_table.h"

namespace graphrail::extract::rules {
namespace {

constexpr auto kFormerNames = std::to_array<PhraseTable<bool>::Row>({{"formerly", true},
                                                                     {"formerly known as", true},
                                                                     {"previously", true},
                                                                     {"previously known as", true},
                                                                     {"previously called", true},
                                                                     {"aka", true},
                                                                     {"a.k.a", true},
                                                                     {"dba", true},
                                                                     {"also known as", true},
                                                                     {"née", true},
                                                                     {"now", true},
                                                                     {"now known as", true},
                                                                     {"now called", true},
                                                                     {"rebranded as", true},
                                                                     {"rebranded from", true},
                                                                     {"renamed", true},
                                                                     {"better known as", true},
                                                                     {"known as", true},
                                                                     {"commonly known as", true},
                                                                     {"operating as", true},
                                                                     {"doing business as", true},
                                                                     {"trading as", true}});

const PhraseTable<bool>& former_names() {
  static const PhraseTable<bool> table(kFormerNames);
  return table;
}

/// The name a bracket or apposition holds when it holds nothing else.
std::uint32_t sole_name(const Document& doc, std::uint32_t i, std::uint32_t last) {
  while (i < last && doc.symbol(i, '"')) ++i;
  const std::uint32_t name = i < last ? doc.name_starting(i) : kNone;
  if (name == kNone) return kNone;
  std::uint32_t end = doc.names[name].last;
  while (end < last && doc.symbol(end, '"')) ++end;
  return doc.symbol(end, ')') || doc.symbol(end, ',') || doc.symbol(end, '.') ||
                 doc.symbol(end, '-') || end >= last || doc.has(end, kAuxiliary)
             ? name
             : kNone;
}

/// A bracketed form that can only be another name: short, and not a place or a person's firm.
bool bracketed_short_form(const Document& doc, const Name& name, const Name& other) {
  if (other.last - other.first > 1 || name.person) return false;
  const std::string_view text = doc.text(other.first);
  std::size_t capitals = 0;
  for (const char c : text) capitals += (c >= 'A' && c <= 'Z') ? 1 : 0;
  const char initial = doc.text(name.first).front();
  if (doc.tokens[other.first].name_shape && (text.front() | 0x20) == (initial | 0x20) &&
      text.find('.') == std::string_view::npos && text.size() <= 6) {
    return true;
  }
  return text.size() <= 6 && capitals * 2 >= text.size() && name.last - name.first >= 2;
}

/// "Crossbeam's Jane Roe": one word and the name of a person behind it.
bool owns_person(const Document& doc, const Name& name) {
  if (name.last - name.first != 1 || !doc.is(name.last, "'s"_w)) return false;
  if (name.last + 1 >= doc.tokens.size()) return false;
  const std::uint32_t person = doc.name_starting(name.last + 1);
  return person != kNone && doc.names[person].last - doc.names[person].first == 2 &&
         !doc.names[person].firm;
}

/// "Crossbeam" in the title for "Crossbeam Row" in the text: a short form that the text itself
/// never uses alone, and that begins one of its names only.
void find_title_forms(const Document& doc, Facts& facts) {
  constexpr std::size_t kMostPerWord = 12;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> body;
  for (std::uint32_t n = 0; n < doc.names.size(); ++n) {
    if (doc.sentences[doc.names[n].sentence].kind == BlockKind::kTitle) continue;
    std::vector<std::uint32_t>& same = body[doc.tokens[doc.names[n].first].hash];
    if (same.size() < kMostPerWord) same.push_back(n);
  }
  for (std::uint32_t n = 0; n < doc.names.size(); ++n) {
    const Name& name = doc.names[n];
    const bool title = doc.sentences[name.sentence].kind == BlockKind::kTitle;
    if (name.person || (!title && !owns_person(doc, name))) continue;
    const auto found = body.find(doc.tokens[name.first].hash);
    if (found == body.end() || name.last - name.first != 1) continue;
    std::uint32_t longer = kNone;
    bool sole = true;
    for (const std::uint32_t other : found->second) {
      const Name& form = doc.names[other];
      if (!title && (other == n || owns_person(doc, form))) continue;
      sole = sole && form.last - form.first > 1 && !form.person &&
             (longer == kNone || doc.words({form.first, form.last}) ==
                                     doc.words({doc.names[longer].first, doc.names[longer].last}));
      longer = other;
    }
    if (sole && longer != kNone) facts.same_names.push_back({longer, n, false});
  }
}

}  // namespace

void find_same_names(const Document& doc, Facts& facts) {
  find_title_forms(doc, facts);
  for (std::uint32_t n = 0; n < doc.names.size(); ++n) {
    const Name& name = doc.names[n];
    const std::uint32_t last = doc.sentences[name.sentence].last;
    std::uint32_t i = name.last;
    const bool bracket = i < last && doc.symbol(i, '(');
    const bool comma = i < last && doc.symbol(i, ',');
    if (!bracket && !comma) continue;
    ++i;
    if (i >= last) continue;
    const auto former = former_names().match(doc, i, last);
    const std::uint32_t other = sole_name(doc, former ? former->last : i, last);
    if (other == kNone || doc.names[other].person) continue;
    if (former || (bracket && bracketed_short_form(doc, name, doc.names[other]))) {
      const bool past = former && (doc.is(i, "formerly"_w) || doc.is(i, "previously"_w));
      facts.same_names.push_back({n, other, past});
    }
  }
}

}  // namespace graphrail::extract::rules

#include "extract/rules/people_list.h"

#include <algorithm>

#include "extract/rules/party_list.h"

namespace graphrail::extract::rules {
namespace {

constexpr std::size_t kMostPeople = 12;

bool joins(const Document& doc, std::uint32_t i) {
  return doc.symbol(i, ',') || doc.symbol(i, '&') || doc.is(i, "and"_w) || doc.symbol(i, '/');
}

/// "Dr.", "CEO": a form of address or a role right before a name.
std::uint32_t skip_address(const Document& doc, std::uint32_t i, std::uint32_t last) {
  const std::uint32_t limit = std::min(i + 4, last);
  std::uint32_t at = i;
  while (at < limit && doc.name_at[at] == kNone && (doc.has(at, kRole) || doc.symbol(at, '.'))) {
    ++at;
  }
  return at < last && doc.name_starting(at) != kNone ? at : i;
}

/// "Anna" where people are expected: a given name alone.
bool given_name(const Document& doc, const Name& name) {
  return name.last - name.first == 1 && doc.has(name.first, kGivenName) &&
         !doc.has(name.first, kPlace | kMonth | kCompanyNoun | kFirmNoun | kRole);
}

}  // namespace

bool person_shape(const Document& doc, const Name& name) {
  const std::uint32_t size = name.last - name.first;
  if (name.firm || size < 2 || size > 5) return false;
  for (std::uint32_t i = name.first; i < name.last; ++i) {
    if (doc.tokens[i].symbol == '&') return false;
    if (doc.has(i, kCompanyNoun | kLegalSuffix) && !doc.has(i, kGivenName)) return false;
  }
  return true;
}

bool person_in_list(const Document& doc, const Name& name) {
  return person_shape(doc, name) || given_name(doc, name);
}

PeopleList read_people(const Document& doc, std::uint32_t i, std::uint32_t last) {
  PeopleList list{.names = {}, .span = {i, i}};
  std::uint32_t at = i;
  while (list.names.size() < kMostPeople && at < last) {
    at = skip_address(doc, at, last);
    const std::uint32_t name = doc.name_starting(at);
    if (name == kNone || !person_in_list(doc, doc.names[name])) break;
    list.names.push_back(name);
    list.span.last = doc.names[name].last;
    at = skip_parenthesis(doc, list.span.last, last);
    const std::uint32_t before = at;
    while (at < last && joins(doc, at) && at - before < 2) ++at;
    if (at == before) break;
  }
  return list;
}

PeopleList read_people_before(const Document& doc, std::uint32_t first, std::uint32_t end) {
  PeopleList list{.names = {}, .span = {end, end}};
  std::uint32_t at = end;
  while (list.names.size() < kMostPeople && at > first) {
    const std::uint32_t name = doc.name_ending(at);
    if (name == kNone || !person_in_list(doc, doc.names[name])) break;
    list.names.insert(list.names.begin(), name);
    list.span.first = at = doc.names[name].first;
    const std::uint32_t before = at;
    while (at > first && joins(doc, at - 1) && before - at < 2) --at;
    if (at == before) break;
  }
  return list;
}

}  // namespace graphrail::extract::rules

#include "extract/rules/party_words.h"

#include <algorithm>
#include <array>

namespace graphrail::extract::rules {
namespace {

template <std::size_t N>
bool one_of(const Document& doc, std::uint32_t i, const std::array<std::uint64_t, N>& words) {
  return i < doc.tokens.size() &&
         std::find(words.begin(), words.end(), doc.tokens[i].hash) != words.end();
}

}  // namespace

bool group_of(const Document& doc, std::uint32_t i) {
  static constexpr auto kGroups = std::to_array(
      {"group"_w,      "number"_w,     "host"_w,    "series"_w, "range"_w,   "conglomerate"_w,
       "consortium"_w, "syndicate"_w,  "variety"_w, "list"_w,   "handful"_w, "array"_w,
       "roster"_w,     "some"_w,       "others"_w,  "pool"_w,   "bunch"_w,   "couple"_w,
       "few"_w,        "club"_w,       "slew"_w,    "likes"_w,  "raft"_w,    "bevy"_w,
       "cadre"_w,      "cohort"_w,     "trio"_w,    "duo"_w,    "pair"_w,    "mix"_w,
       "dozen"_w,      "collection"_w, "arm"_w});
  static constexpr auto kCircles =
      std::to_array({"friends"_w, "team"_w, "teams"_w, "folks"_w, "people"_w, "partners"_w});
  if (doc.is(i + 1, "of"_w) && one_of(doc, i, kGroups)) return true;
  if ((doc.is(i + 1, "at"_w) || doc.is(i + 1, "from"_w)) && one_of(doc, i, kCircles)) {
    return true;
  }
  return doc.is(i, "such"_w) && doc.is(i + 1, "as"_w);
}

bool trade(const Document& doc, std::uint32_t i) {
  static constexpr auto kTrades =
      std::to_array({"developer"_w, "contributor"_w, "enthusiast"_w, "advocate"_w, "expert"_w,
                     "maintainer"_w, "evangelist"_w, "blogger"_w, "columnist"_w});
  return one_of(doc, i, kTrades) && !doc.tokens[i].capital;
}

bool subsidiary(const Document& doc, std::uint32_t i) {
  static constexpr auto kOwned = std::to_array(
      {"subsidiary"_w, "affiliate"_w, "unit"_w, "arm"_w, "spinoff"_w, "spin-off"_w, "offshoot"_w});
  return one_of(doc, i, kOwned);
}

bool describing_word(const Document& doc, std::uint32_t i) {
  static constexpr auto kAllowed = std::to_array(
      {"including"_w, "like"_w,           "include"_w,       "based"_w,     "focused"_w,
       "leading"_w,   "existing"_w,       "participating"_w, "returning"_w, "called"_w,
       "named"_w,     "also"_w,           "-based"_w,        "-listed"_w,   "-backed"_w,
       "-focused"_w,  "-headquartered"_w, "both"_w,          "its"_w,       "our"_w,
       "their"_w,     "investing"_w,      "-owned"_w,        "e.g"_w,       "namely"_w,
       "now"_w,       "among"_w,          "participated"_w,  "newly"_w,     "previously"_w,
       "-style"_w,    "-alum"_w,          "-alumnus"_w,      "-alumna"_w,   "-affiliated"_w,
       "-linked"_w,   "includes"_w,       "that"_w});
  return one_of(doc, i, kAllowed);
}

bool unit_noun(const Document& doc, std::uint32_t i) {
  static constexpr auto kUnits =
      std::to_array({"unit"_w, "arm"_w, "fund"_w, "program"_w, "programme"_w, "vehicle"_w,
                     "initiative"_w, "accelerator"_w, "division"_w, "incubator"_w});
  return one_of(doc, i, kUnits);
}

bool new_clause(const Document& doc, std::uint32_t i) {
  static constexpr auto kNewClause =
      std::to_array({"involved"_w, "featured"_w, "saw"_w, "drew"_w, "attracted"_w});
  return one_of(doc, i, kNewClause);
}

bool includes(const Document& doc, std::uint32_t i) {
  return doc.is(i, "include"_w) || doc.is(i, "includes"_w) || doc.is(i, "included"_w);
}

bool people_noun(const Document& doc, std::uint32_t i) {
  static constexpr auto kPeople = std::to_array(
      {"operators"_w, "angels"_w, "founders"_w, "people"_w, "executives"_w, "entrepreneurs"_w,
       "individuals"_w, "leaders"_w, "minds"_w, "engineers"_w, "builders"_w, "folks"_w, "humans"_w,
       "friends"_w, "practitioners"_w, "experts"_w});
  return one_of(doc, i, kPeople);
}

std::uint32_t past_degree(const Document& doc, std::uint32_t i, std::uint32_t last) {
  static constexpr auto kDegrees = std::to_array(
      {"m.d"_w, "m.d."_w, "md"_w, "ph.d"_w, "ph.d."_w, "phd"_w, "j.d"_w, "j.d."_w, "jd"_w, "mba"_w,
       "m.b.a"_w, "m.b.a."_w, "cfa"_w, "cpa"_w, "esq"_w, "m.s"_w, "m.s."_w, "rn"_w, "pharmd"_w});
  constexpr std::uint32_t kMostDegrees = 3;
  for (std::uint32_t degrees = 0; degrees < kMostDegrees; ++degrees) {
    if (!doc.symbol(i, ',') || !one_of(doc, i + 1, kDegrees)) break;
    const std::uint32_t end = doc.symbol(i + 2, '.') ? i + 3 : i + 2;
    if (end >= last || !doc.symbol(end, ',')) break;
    i = end;
  }
  return i;
}

}  // namespace graphrail::extract::rules

#include "extract/model/support_people.h"

#include <algorithm>
#include <array>
#include <optional>

namespace graphrail::extract::model {
namespace {

using rules::Document;
using rules::kNone;
using rules::TokenRange;
using namespace rules::literals;

constexpr std::uint32_t kTitleReach = 14;

bool is_set_up(const Document& doc, std::uint32_t i) {
  return doc.is(i, "set"_w) && doc.is(i + 1, "up"_w) && doc.name_at[i] == kNone;
}

bool is_founder_word(const Document& doc, std::uint32_t i) {
  static constexpr auto kMore =
      std::to_array({"creator"_w, "creators"_w, "inventor"_w, "founds"_w, "started"_w,
                     "brainchild"_w, "established"_w, "co-created"_w, "created"_w});
  // A founding engineer is none of the founders.
  if (doc.name_at[i] != kNone || doc.is(i, "founding"_w) || doc.is(i, "co-founding"_w))
    return false;
  return doc.has(i, rules::kFounder) || is_set_up(doc, i) ||
         std::find(kMore.begin(), kMore.end(), doc.tokens[i].hash) != kMore.end();
}

bool is_founder_verb(const Document& doc, std::uint32_t i) {
  static constexpr auto kVerbs =
      std::to_array({"founded"_w, "co-founded"_w, "cofounded"_w, "started"_w, "created"_w,
                     "established"_w, "founds"_w, "co-created"_w});
  if (is_set_up(doc, i)) return true;
  return doc.name_at[i] == kNone &&
         std::find(kVerbs.begin(), kVerbs.end(), doc.tokens[i].hash) != kVerbs.end();
}

bool is_plural_founder(const Document& doc, std::uint32_t i) {
  return doc.is(i, "founders"_w) || doc.is(i, "co-founders"_w) || doc.is(i, "cofounders"_w) ||
         doc.is(i, "creators"_w);
}

bool is_person_name(const Document& doc, std::uint32_t i) {
  return doc.name_at[i] != kNone && doc.names[doc.name_at[i]].person;
}

bool is_role(const Document& doc, std::uint32_t i) {
  return doc.name_at[i] == kNone && doc.has(i, rules::kRole | rules::kPartnerRole);
}

/// Tells whether the organisation named at token `i` is the project; nothing where none is named.
std::optional<bool> names_project(const SupportText& text, std::uint32_t i,
                                  const SupportNames& project) {
  const Document& doc = text.doc();
  if (i >= doc.tokens.size() || doc.name_at[i] == kNone) return std::nullopt;
  const rules::Name& name = doc.names[doc.name_at[i]];
  if (name.person) return std::nullopt;
  return project.in(text, {.first = name.first, .last = name.last});
}

/// The organisation a founder's word at `i` belongs to: "Acme founder", "founder and CEO of Acme".
std::optional<bool> belongs(const SupportText& text, TokenRange sentence, std::uint32_t i,
                            const SupportNames& project) {
  const Document& doc = text.doc();
  const std::uint32_t start = is_set_up(doc, i) ? i + 2 : i + 1;
  std::uint32_t end = start;
  while (end < sentence.last && end < i + 8 &&
         (is_role(doc, end) || doc.is(end, "and"_w) || doc.symbol(end, ',') ||
          doc.symbol(end, '&') || doc.symbol(end, '/'))) {
    ++end;
  }
  if (end < sentence.last && (doc.is(end, "of"_w) || doc.is(end, "at"_w) || doc.symbol(end, '@') ||
                              (is_founder_verb(doc, i) && end == start))) {
    std::uint32_t name = is_founder_verb(doc, i) && end == start ? end : end + 1;
    while (name < std::min(end + 4, sentence.last) &&
           doc.has(name, rules::kDeterminer | rules::kAdjective)) {
      ++name;
    }
    if (const auto found = names_project(text, name, project)) return found;
  }
  if (is_founder_verb(doc, i)) return std::nullopt;
  // "(Founder & CEO, Acme)".
  if (end > i + 1 && end < sentence.last && doc.symbol(end - 1, ',') && doc.name_at[end] != kNone &&
      doc.names[doc.name_at[end]].last + 2 >= sentence.last) {
    if (const auto found = names_project(text, end, project)) return found;
  }
  std::uint32_t before = i;
  while (before > sentence.first && (is_role(doc, before - 1) || doc.is(before - 1, "and"_w) ||
                                     doc.is(before - 1, "'s"_w) || doc.symbol(before - 1, '&') ||
                                     doc.symbol(before - 1, '-') || doc.symbol(before - 1, '/'))) {
    --before;
  }
  if (before == sentence.first) return std::nullopt;
  // A name at the end of another line belongs to that line.
  const std::size_t gap = doc.tokens[before - 1].end;
  const std::string_view between = doc.source.substr(gap, doc.tokens[before].begin - gap);
  if (between.contains('\n') && !doc.symbol(before, '-')) return std::nullopt;
  return names_project(text, before - 1, project);
}

PersonClaim claim_of(std::optional<bool> of_project) {
  return of_project.value_or(true) ? PersonClaim::kStated : PersonClaim::kContradicted;
}

/// The title right before a name: "Acme co-founder and CEO Jane Roe".
PersonClaim title_before(const SupportText& text, TokenRange sentence, TokenRange person,
                         const SupportNames& project) {
  const Document& doc = text.doc();
  bool role = false;
  bool comma = false;
  std::uint32_t i = person.first;
  const std::uint32_t floor =
      person.first > sentence.first + kTitleReach ? person.first - kTitleReach : sentence.first;
  while (i > floor) {
    --i;
    if (is_founder_word(doc, i) && !is_founder_verb(doc, i)) {
      // "his co-founder, the 37-year-old Roe", but not "as founder, Jane Roe as adviser".
      const bool owned = i > sentence.first && doc.has(i - 1, rules::kDeterminer);
      if (comma && !owned) return PersonClaim::kUnsaid;
      return claim_of(belongs(text, sentence, i, project));
    }
    if (is_role(doc, i)) {
      role = true;
      continue;
    }
    comma = comma || doc.symbol(i, ',');
    const bool goes_on = doc.is(i, "and"_w) || doc.symbol(i, '&') || doc.symbol(i, ',') ||
                         doc.symbol(i, '-') || doc.symbol(i, '/') || doc.is(i, "old"_w) ||
                         doc.tokens[i].kind == rules::TokenKind::kNumber ||
                         doc.has(i, rules::kAdjective | rules::kNameParticle);
    if (!goes_on) break;
  }
  return role ? PersonClaim::kContradicted : PersonClaim::kUnsaid;
}

/// What follows a name: ", co-founder of Acme", "(CEO and founder)", "founded Acme".
PersonClaim title_after(const SupportText& text, TokenRange sentence, TokenRange person,
                        const SupportNames& project) {
  const Document& doc = text.doc();
  bool role = false;
  bool list = false;
  bool others = false;
  const std::uint32_t stop = std::min(person.last + kTitleReach, sentence.last);
  for (std::uint32_t i = person.last; i < stop; ++i) {
    if (is_founder_word(doc, i)) {
      // "A and B, founder of C": the title is B's, unless it is a verb or a plural.
      if (list && !is_founder_verb(doc, i) && !is_plural_founder(doc, i)) break;
      // "..., and several other founders" are not the ones named.
      if (others) break;
      if (is_founder_verb(doc, i) && doc.is(i + 1, "by"_w)) break;
      if (is_person_name(doc, std::min(i + 1, sentence.last - 1)) && i + 1 < sentence.last &&
          !is_founder_verb(doc, i)) {
        break;
      }
      return claim_of(belongs(text, sentence, i, project));
    }
    if (is_person_name(doc, i)) {
      list = true;
      continue;
    }
    others = others || doc.is(i, "other"_w) || doc.is(i, "others"_w) || doc.is(i, "several"_w) ||
             doc.is(i, "many"_w) || doc.is(i, "more"_w);
    if (is_role(doc, i)) {
      if (!list) role = true;
      continue;
    }
    if (doc.symbol(i, ';') || doc.symbol(i, '.')) break;
    if (doc.has(i, rules::kVerb | rules::kAnnounce | rules::kRaise | rules::kInvest)) break;
  }
  return role ? PersonClaim::kContradicted : PersonClaim::kUnsaid;
}

/// "Founders A and B", "founded in 2013 by A, B and C".
PersonClaim list_before(const SupportText& text, TokenRange sentence, TokenRange person,
                        const SupportNames& project) {
  const Document& doc = text.doc();
  bool by = false;
  bool with = false;
  std::uint32_t i = person.first;
  while (i > sentence.first) {
    --i;
    if (doc.is(i, "by"_w)) by = true;
    // "A started the company with B".
    with = with || doc.is(i, "with"_w) || doc.is(i, "alongside"_w);
    if (with && is_founder_verb(doc, i)) return claim_of(belongs(text, sentence, i, project));
    if (with && doc.is(i, "launched"_w) && names_project(text, i + 1, project).value_or(false)) {
      return PersonClaim::kStated;
    }
    if (doc.is(i, "in"_w) && !by && !with) break;
    const bool listed = by && is_founder_word(doc, i);
    if (listed) {
      // "a council created by A": what was founded stands before.
      const std::uint32_t floor = i > sentence.first + 8 ? i - 8 : sentence.first;
      for (std::uint32_t k = i; k > floor; --k) {
        if (const auto found = names_project(text, k - 1, project)) return claim_of(found);
      }
    }
    if (listed || is_plural_founder(doc, i) || doc.is(i, "brainchild"_w)) {
      return claim_of(belongs(text, sentence, i, project));
    }
    const bool investors = doc.has(i, rules::kInvestorNoun) && !doc.has(i, rules::kCompanyNoun);
    if (doc.symbol(i, ';') || investors || doc.has(i, rules::kAnnounce)) break;
    if (!by && !with && doc.name_at[i] == kNone &&
        doc.has(i, rules::kVerb | rules::kRaise | rules::kInvest | rules::kLead)) {
      break;
    }
  }
  return PersonClaim::kUnsaid;
}

/// Words between a person and a firm that tie neither to the other.
bool is_separator(const Document& doc, std::uint32_t i) {
  if (doc.symbol(i, ';')) return true;
  if (doc.name_at[i] != kNone) return false;
  if (doc.money_at[i] != kNone || doc.stage_at[i] != kNone) return true;
  if (doc.is(i, "investors"_w) || doc.is(i, "angels"_w) || doc.is(i, "backers"_w)) return true;
  if (is_role(doc, i) || is_founder_word(doc, i)) return false;
  if (doc.has(i, rules::kAnnounce | rules::kRaise | rules::kWeakRaise | rules::kInvest |
                     rules::kLead)) {
    return true;
  }
  return doc.has(i, rules::kVerb) && !doc.has(i, rules::kAdjective | rules::kCompanyNoun);
}

PersonClaim tie_after(const Document& doc, TokenRange between) {
  bool title = false;
  bool tied = false;
  bool closed = false;
  for (std::uint32_t i = between.first; i < between.last; ++i) {
    // What was once is no more.
    if (doc.is(i, "former"_w) || doc.is(i, "formerly"_w) || doc.is(i, "previously"_w) ||
        doc.is(i, "until"_w) || doc.is(i, "ex"_w)) {
      return PersonClaim::kUnsaid;
    }
    if (closed && doc.tokens[i].kind == rules::TokenKind::kWord && doc.tokens[i].classes == 0) {
      return PersonClaim::kUnsaid;
    }
    closed = closed || doc.symbol(i, ')');
    const bool place = doc.is(i, "of"_w) || doc.is(i, "at"_w) || doc.is(i, "from"_w) ||
                       doc.is(i, "with"_w) || doc.symbol(i, '@');
    tied = tied || place;
    title = title || is_role(doc, i);
    if (is_person_name(doc, i)) return PersonClaim::kUnsaid;
    // Another organisation stands nearer, unless the person has a post at both.
    if (doc.name_at[i] != kNone && tied) return PersonClaim::kContradicted;
    const bool joins = doc.is(i, "joins"_w) || doc.is(i, "joined"_w) || doc.is(i, "works"_w) ||
                       doc.is(i, "runs"_w) || doc.is(i, "leads"_w) || doc.is(i, "heads"_w);
    tied = tied || joins;
    if (is_separator(doc, i) && !joins) return PersonClaim::kUnsaid;
  }
  // "Jane Roe (Acme)", "Jane Roe, Acme".
  const bool bare = between.last - between.first <= 1;
  return title || tied || bare ? PersonClaim::kStated : PersonClaim::kUnsaid;
}

/// "Acme, with Jane Roe joining our board".
bool takes_a_seat(const Document& doc, TokenRange between, std::uint32_t after) {
  if (between.first >= between.last || !doc.is(between.last - 1, "with"_w)) return false;
  if (!doc.has(after, rules::kParticipate)) return false;
  for (std::uint32_t i = after; i < std::min<std::size_t>(after + 5, doc.tokens.size()); ++i) {
    if (doc.is(i, "board"_w)) return true;
  }
  return false;
}

PersonClaim tie_before(const Document& doc, TokenRange between, std::uint32_t after) {
  if (takes_a_seat(doc, between, after)) return PersonClaim::kStated;
  bool tied = between.first == between.last;
  bool people = false;
  for (std::uint32_t i = between.first; i < between.last; ++i) {
    tied = tied || is_role(doc, i) || doc.is(i, "'s"_w) || doc.is(i, "team"_w) ||
           doc.is(i, "includes"_w) || doc.is(i, "including"_w);
    if (doc.name_at[i] != kNone && !is_person_name(doc, i)) return PersonClaim::kUnsaid;
    people = people || is_person_name(doc, i);
    if (people && doc.name_at[i] == kNone && doc.has(i, rules::kAuxiliary | rules::kPronoun)) {
      return PersonClaim::kUnsaid;
    }
    if (doc.has(i, rules::kLead) && tied) continue;
    if (is_separator(doc, i)) return PersonClaim::kUnsaid;
    if (i > between.first && doc.symbol(i, ',') && !is_person_name(doc, i - 1) &&
        doc.name_at[i - 1] == kNone && !is_role(doc, i - 1) && !doc.is(i + 1, "alongside"_w)) {
      return PersonClaim::kUnsaid;
    }
  }
  return tied ? PersonClaim::kStated : PersonClaim::kUnsaid;
}

}  // namespace

PersonClaim founded(const SupportText& text, TokenRange person, const SupportNames& project) {
  const TokenRange sentence = text.sentence(text.sentence_at(person.first));
  // "a Caltech engineer" names no person.
  const rules::Document& doc = text.doc();
  if (person.first > sentence.first &&
      (doc.is(person.first - 1, "a"_w) || doc.is(person.first - 1, "an"_w))) {
    return PersonClaim::kUnsaid;
  }
  const PersonClaim before = title_before(text, sentence, person, project);
  if (before == PersonClaim::kStated) return before;
  const PersonClaim after = title_after(text, sentence, person, project);
  if (after == PersonClaim::kStated) return after;
  const PersonClaim listed = list_before(text, sentence, person, project);
  if (listed == PersonClaim::kStated) return listed;
  const bool against = before == PersonClaim::kContradicted || after == PersonClaim::kContradicted;
  return against ? PersonClaim::kContradicted : listed;
}

PersonClaim works_at(const SupportText& text, TokenRange range, TokenRange person,
                     const SupportNames& firm) {
  const Document& doc = text.doc();
  PersonClaim best = PersonClaim::kUnsaid;
  for (const TokenRange at : firm.find(text, range)) {
    if (text.sentence_at(at.first) != text.sentence_at(person.first)) continue;
    const PersonClaim tie =
        at.first >= person.last
            ? tie_after(doc, {.first = person.last, .last = at.first})
            : tie_before(doc, {.first = at.last, .last = person.first}, person.last);
    if (tie == PersonClaim::kStated) return tie;
    if (tie == PersonClaim::kContradicted) best = tie;
  }
  return best;
}

}  // namespace graphrail::extract::model

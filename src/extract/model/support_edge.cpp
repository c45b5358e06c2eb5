#include "extract/model/support_edge.h"

#include <algorithm>
#include <array>
#include <utility>

#include "extract/model/support_hedges.h"
#include "extract/model/support_people.h"
#include "extract/model/support_words.h"

namespace graphrail::extract::model {
namespace {

using rules::Document;
using rules::kNone;
using rules::TokenRange;
using namespace rules::literals;
using Verdict = SupportEdge::Verdict;

bool empty(TokenRange range) { return range.first >= range.last; }

}  // namespace

SupportEdge::Verdict unsupported(std::string_view code, std::string_view message) {
  return Unsupported{.code = std::string(code), .message = std::string(message)};
}

SupportEdge::SupportEdge(const SupportText& text, const SupportWitness* witness,
                         const graph::Edge& edge, const graph::Node& source,
                         const graph::Node& target)
    : text_(text),
      witness_(witness),
      edge_(edge),
      source_(source),
      target_(target),
      source_names_(source),
      target_names_(target) {}

Verdict SupportEdge::judge() {
  constexpr std::size_t kMaxQuotes = 8;
  Verdict verdict = unsupported("no_evidence", "The edge has no quote from the text.");
  const std::size_t size = std::min(edge_.evidence.size(), kMaxQuotes);
  for (std::size_t i = 0; i < size; ++i) {
    const TokenRange tokens = text_.tokens_of(edge_.evidence[i]);
    if (!empty(tokens)) quotes_.push_back(tokens);
  }
  for (std::size_t i = 0; i < size; ++i) {
    // A short quote may stand in several places; whoever located it took the first.
    for (const graph::Evidence& place : text_.places_of(edge_.evidence[i])) {
      Verdict judged = judge_quote(place);
      if (!judged) return std::nullopt;
      if (verdict->code == "no_evidence" || verdict->code == "end_not_named") {
        verdict = std::move(judged);
      }
    }
  }
  return verdict;
}

Verdict SupportEdge::judge_quote(const graph::Evidence& evidence) {
  quote_source_ = text_.source_of(evidence);
  quote_ = text_.tokens_of(evidence);
  if (quote_source_.empty() || empty(quote_) || quote_source_ != evidence.quote) {
    return unsupported("no_evidence", "The quote is no visible part of the text.");
  }
  whole_ = text_.sentences_of(quote_);
  for (std::uint32_t at = text_.sentence_at(quote_.first); at <= text_.sentence_at(quote_.last - 1);
       ++at) {
    if (is_instruction(text_, text_.sentence(at))) {
      return unsupported("instruction",
                         "The quote gives orders to a program and does not state a fact.");
    }
  }
  if (witness_ == nullptr) return free_relation();
  return relation();
}

Verdict SupportEdge::relation() const {
  const std::string& name = edge_.relationship;
  if (name == "LED" || name == "INVESTED_IN") return investment();
  if (name == "RAISED") return raised();
  if (name == "FOUNDED") return founder();
  if (name == "PARTNERS_AT") return partner();
  if (name == "CLASSIFIED_AS" || name == "FOCUSES_ON") return narrative();
  if (name == "CO_INVESTED") return co_investors();
  return free_relation();
}

bool SupportEdge::saw(std::string_view relationship) const {
  return witness_ != nullptr && witness_->saw(relationship, source_names_, target_, text_, quote_);
}

bool SupportEdge::named_in_quotes(const SupportNames& names) const {
  return std::any_of(quotes_.begin(), quotes_.end(),
                     [&](TokenRange quote) { return names.in(text_, quote); });
}

bool SupportEdge::is_subject(const SupportNames& names) const {
  if (witness_ != nullptr && witness_->raised(names)) return true;
  if (witness_ != nullptr && witness_->has_raisers()) return false;
  constexpr std::uint32_t kOpening = 3;
  const auto sentences = static_cast<std::uint32_t>(text_.doc().sentences.size());
  const TokenRange opening{.first = 0,
                           .last = text_.sentence(std::min(kOpening, sentences) - 1).last};
  if (names.in(text_, opening)) return true;
  const std::uint32_t at = text_.sentence_at(whole_.first);
  const TokenRange near{.first = text_.sentence(at > 2 ? at - 2 : 0).first,
                        .last = text_.sentence(std::min(at + 1, sentences - 1)).last};
  return names.in(text_, near);
}

bool SupportEdge::project_meant(const SupportNames& names, bool needs_reference) const {
  if (named_in_quotes(names) || names.in(text_, whole_)) return true;
  if (needs_reference && !refers_to_company(text_.doc(), whole_)) {
    // "Existing investors include Acme": whose, says the text before.
    const Document& doc = text_.doc();
    bool investors = false;
    for (std::uint32_t i = whole_.first; i < whole_.last; ++i) {
      investors = investors || (doc.name_at[i] == kNone && doc.has(i, rules::kInvestorNoun));
    }
    if (!investors || witness_ == nullptr) return false;
    if (!witness_->spoke_last_of(names, text_, whole_.first)) return false;
  }
  return is_subject(names);
}

Verdict SupportEdge::standing(std::uint32_t cue) const {
  const TokenRange sentence = text_.sentence(text_.sentence_at(cue));
  switch (standing_of(text_, sentence, cue)) {
    case Standing::kStated:
      return std::nullopt;
    case Standing::kHedged:
      return unsupported("hedged", "The text speaks of a plan, a rumour or a possibility.");
    case Standing::kDenied:
      return unsupported("contradicted", "The text denies this.");
  }
  return std::nullopt;
}

Verdict SupportEdge::denial(std::uint32_t cue) const {
  Verdict verdict = standing(cue);
  return verdict && verdict->code == "contradicted" ? verdict : std::nullopt;
}

// "It was started by": what "it" is, the sentence before begins with.
bool SupportEdge::pronoun_means_other(const SupportNames& names) const {
  const Document& doc = text_.doc();
  const std::uint32_t at = text_.sentence_at(quote_.first);
  const TokenRange sentence = text_.sentence(at);
  const std::uint32_t first = sentence.first;
  const bool founding = doc.is(first, "it"_w) && doc.has(first + 1, rules::kAuxiliary) &&
                        doc.has(first + 2, rules::kFounder | rules::kVerb);
  if (at == 0 || !founding || names.in(text_, whole_)) return false;
  const TokenRange before = text_.sentence(at - 1);
  return doc.name_at[before.first] != kNone && !names.in(text_, before);
}

Verdict SupportEdge::founder() const {
  const std::vector<TokenRange> people = source_names_.find(text_, quote_);
  const Document& doc = text_.doc();
  const bool author = std::any_of(
      doc.tokens.begin() + quote_.first, doc.tokens.begin() + quote_.last,
      [](const rules::Token& token) { return token.hash == "i"_w || token.hash == "myself"_w; });
  if (people.empty() && author && witness_->saw_from("FOUNDED", source_names_, text_, quote_)) {
    return std::nullopt;
  }
  if (people.empty()) return unsupported("end_not_named", "The quote does not name the person.");
  const bool elsewhere = pronoun_means_other(target_names_);
  if (!elsewhere && saw("FOUNDED")) return std::nullopt;
  if (elsewhere || !project_meant(target_names_, false)) {
    return unsupported("end_not_named", "The quote does not speak of this company.");
  }
  PersonClaim claim = PersonClaim::kUnsaid;
  for (const TokenRange person : people) {
    claim = founded(text_, person, target_names_);
    if (claim == PersonClaim::kStated) return denial(person.first);
  }
  if (claim == PersonClaim::kContradicted) {
    return unsupported("contradicted", "The text gives this person another role.");
  }
  return unsupported("no_cue", "The quote does not say that the person founded it.");
}

Verdict SupportEdge::partner() const {
  const std::vector<TokenRange> people = source_names_.find(text_, quote_);
  if (people.empty()) return unsupported("end_not_named", "The quote does not name the person.");
  const Document& doc = text_.doc();
  PersonClaim claim = PersonClaim::kUnsaid;
  for (const TokenRange person : people) {
    claim = works_at(text_, whole_, person, target_names_);
    if (claim == PersonClaim::kStated) return denial(person.first);
    for (std::uint32_t i = person.first; i < person.last; ++i) {
      const std::uint32_t link = doc.tokens[i].link;
      if (link != 0 && target_names_.in_address(doc.links[link - 1])) return std::nullopt;
    }
  }
  if (claim != PersonClaim::kContradicted && saw("PARTNERS_AT")) return std::nullopt;
  if (!target_names_.in(text_, whole_)) {
    return unsupported("end_not_named", "The quote does not name the firm.");
  }
  if (claim == PersonClaim::kContradicted) {
    return unsupported("contradicted", "The text places this person elsewhere.");
  }
  return unsupported("no_cue", "The quote does not say that the person works there.");
}

Verdict SupportEdge::narrative() const {
  if (!words_in(text_, target_.label, whole_) && !target_names_.in(text_, whole_)) {
    return unsupported("end_not_named", "The quote does not contain the category's words.");
  }
  if (saw(edge_.relationship)) return std::nullopt;
  if (!project_meant(source_names_, true)) {
    return unsupported("end_not_named", "The quote does not speak of this company.");
  }
  const std::uint32_t at = first_word(text_, target_.label, whole_);
  if (edge_.relationship == "FOCUSES_ON" && !states_focus(text_, whole_, at)) {
    return unsupported("no_cue", "The quote does not say what the investor concentrates on.");
  }
  return standing(at != kNone ? at : quote_.first);
}

Verdict SupportEdge::co_investors() const {
  for (const SupportNames* names : {&source_names_, &target_names_}) {
    const std::vector<TokenRange> mentions = names->find(text_, quote_);
    if (mentions.empty()) {
      return unsupported("end_not_named", "The quote does not name both investors.");
    }
    const bool invested = std::any_of(mentions.begin(), mentions.end(), [&](TokenRange mention) {
      const CueRow row = read_cues(text_, text_.sentence(text_.sentence_at(mention.first)));
      return role_in_sentence(text_, row, mention).invested;
    });
    if (!invested) return unsupported("no_cue", "The quote does not say that both invested.");
  }
  return standing(quote_.first);
}

Verdict SupportEdge::free_relation() const {
  const Document& doc = text_.doc();
  const std::uint32_t at = text_.sentence_at(whole_.first);
  const TokenRange near{.first = text_.sentence(at > 1 ? at - 2 : 0).first, .last = whole_.last};
  const auto meant = [&](const SupportNames& names, const graph::Node& node) {
    if (named_in_quotes(names) || names.in(text_, whole_)) return true;
    if (words_in(text_, node.label, whole_)) return true;
    return refers_to_company(doc, whole_) && names.in(text_, near);
  };
  if (!meant(source_names_, source_) || !meant(target_names_, target_)) {
    return unsupported("end_not_named", "The quote does not name both ends.");
  }
  static constexpr auto kOpen = std::to_array<std::string_view>(
      {"NOT",    "DEN",    "PLAN",  "MAY",    "TALK", "CONSIDER", "RUMO",  "REPORT",
       "EXPECT", "INTEND", "SEEK",  "AIM",    "HOPE", "WANT",     "COULD", "MIGHT",
       "WOULD",  "DECLIN", "REFUS", "REJECT", "FAIL", "CANCEL",   "WITHDR"});
  const bool open = std::any_of(kOpen.begin(), kOpen.end(), [&](std::string_view word) {
    return edge_.relationship.contains(word);
  });
  if (open) return std::nullopt;
  std::uint32_t cue = quote_.last - 1;
  for (const SupportNames* names : {&source_names_, &target_names_}) {
    for (const TokenRange mention : names->find(text_, quote_)) cue = mention.first;
  }
  return standing(cue);
}

}  // namespace graphrail::extract::model

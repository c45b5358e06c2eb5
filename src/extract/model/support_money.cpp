// The relations that money makes: who led, who invested, who raised.
#include <algorithm>

#include "extract/model/support_edge.h"
#include "extract/model/support_words.h"

namespace graphrail::extract::model {

using rules::Document;
using rules::kNone;
using rules::TokenRange;
using namespace rules::literals;
using Verdict = SupportEdge::Verdict;

Verdict SupportEdge::investment() const {
  Verdict verdict = unsupported("end_not_named", "The quote does not name the investor.");
  std::vector<TokenRange> mentions = source_names_.find(text_, quote_);
  if (mentions.empty()) mentions = stand_ins();
  for (const TokenRange mention : mentions) {
    verdict = investor_at(mention);
    if (!verdict) return verdict;
  }
  return verdict;
}

std::vector<TokenRange> SupportEdge::stand_ins() const {
  std::vector<TokenRange> found;
  const Document& doc = text_.doc();
  for (std::uint32_t i = quote_.first; i < quote_.last; ++i) {
    if (doc.name_at[i] != kNone) continue;
    const bool speaker = doc.is(i, "we"_w) || doc.is(i, "our"_w) || doc.is(i, "i"_w);
    const bool meant = speaker ? tells_of_investing(i) && is_speaker() : is_described_by(i);
    if (meant) found.push_back({.first = i, .last = i + 1});
  }
  return found;
}

bool SupportEdge::tells_of_investing(std::uint32_t pronoun) const {
  const Document& doc = text_.doc();
  const CueRow row = read_cues(text_, text_.sentence(text_.sentence_at(pronoun)));
  std::uint32_t next = pronoun + 1;
  while (next < row.range.last && doc.has(next, rules::kAuxiliary | rules::kAdverb)) ++next;
  if (next >= row.range.last) return false;
  const CueTag tag = row.at(next);
  return tag == CueTag::kLedLeft || tag == CueTag::kInvestedLeft || tag == CueTag::kStakeLeft;
}

bool SupportEdge::is_speaker() const {
  constexpr std::uint32_t kReach = 2;
  const Document& doc = text_.doc();
  const std::uint32_t at = text_.sentence_at(whole_.last - 1);
  const auto last = static_cast<std::uint32_t>(doc.sentences.size() - 1);
  const TokenRange after{.first = text_.sentence(at).first,
                         .last = text_.sentence(std::min(at + kReach, last)).last};
  for (const TokenRange mention : source_names_.find(text_, after)) {
    const std::uint32_t sentence = text_.sentence_at(mention.first);
    const bool attribution = doc.sentences[sentence].kind == rules::BlockKind::kAttribution;
    for (std::uint32_t i = text_.sentence(sentence).first; i < mention.first; ++i) {
      const bool person = doc.name_at[i] != kNone && doc.names[doc.name_at[i]].person;
      const bool dash = doc.symbol(i, '-') && doc.name_at[i + 1] != kNone;
      if (dash || doc.has(i, rules::kAnnounce) || (attribution && person)) return true;
    }
  }
  return false;
}

bool SupportEdge::is_described_by(std::uint32_t noun) const {
  constexpr std::uint32_t kReach = 4;
  const Document& doc = text_.doc();
  const bool singular = noun > 0 && doc.has(noun, rules::kInvestorNoun | rules::kCompanyNoun) &&
                        doc.lower_word(noun) && !doc.text(noun).ends_with('s') &&
                        doc.has(noun - 1, rules::kDeterminer | rules::kAdjective);
  // "investment firm Acme" is named after all.
  if (!singular || (noun + 1 < text_.all().last && doc.name_at[noun + 1] != kNone)) return false;
  for (const TokenRange mention : source_names_.find(text_, text_.all())) {
    const std::uint32_t first = mention.first > kReach ? mention.first - kReach : 0;
    const auto last = std::min<std::uint32_t>(mention.last + kReach, text_.all().last);
    for (std::uint32_t i = first; i < last; ++i) {
      if (i >= mention.first && i < mention.last) continue;
      if (doc.is(i, doc.tokens[noun].hash)) return true;
    }
  }
  return false;
}

std::span<const SupportRound> SupportEdge::known_rounds() const {
  if (witness_ == nullptr) return {};
  return witness_->rounds();
}

Verdict SupportEdge::investor_at(TokenRange mention) const {
  const std::uint32_t at = text_.sentence_at(mention.first);
  const CueRow row = read_cues(text_, text_.sentence(at));
  InvestorRole role = role_in_sentence(text_, row, mention);
  const bool inline_cue = role.led || role.invested;
  if (!inline_cue && !role.other && !role.employer) {
    const InvestorRole listed = role_from_lead_in(text_, at);
    if (listed.led || listed.invested) role = listed;
  }
  const bool saw_led = saw("LED");
  const bool saw_invested = saw("INVESTED_IN");
  if (edge_.relationship == "LED") {
    if (!role.led && (role.invested || !saw_led)) {
      return role.invested ? unsupported("contradicted", "The text says it took part, not led.")
                           : unsupported("no_cue", "The quote does not say that it led.");
    }
  } else if (!role.invested && !saw_led && !saw_invested) {
    return unsupported(role.other ? "contradicted" : "no_cue",
                       "The quote does not say that it invested.");
  }
  if (Verdict verdict = standing(role.cue != kNone ? role.cue : mention.first)) return verdict;
  return invested_target(role, mention);
}

bool SupportEdge::is_object(const InvestorRole& role, TokenRange mention) const {
  if (role.cue == kNone || role.cue < mention.last || saw("INVESTED_IN")) return true;
  const TokenRange sentence = text_.sentence(text_.sentence_at(mention.first));
  const std::vector<TokenRange> targets = target_names_.find(text_, sentence);
  return targets.empty() || targets.back().first >= role.cue ||
         refers_to_company(text_.doc(), {.first = role.cue, .last = sentence.last});
}

Verdict SupportEdge::invested_target(const InvestorRole& role, TokenRange mention) const {
  if (target_.type != "Round") {
    if (!is_object(role, mention)) {
      return unsupported("contradicted", "The text does not say that it invested in this one.");
    }
    if (project_meant(target_names_, true)) return std::nullopt;
    return unsupported("end_not_named", "The quote does not name the company invested in.");
  }
  const std::uint32_t anchor = role.cue != kNone ? role.cue : mention.first;
  const CueRow row = read_cues(text_, text_.sentence(text_.sentence_at(anchor)));
  const RoundFit fit = SupportRound(target_).fit(text_, quote_, anchor, known_rounds(), &row);
  const bool seen = saw("LED") || saw("INVESTED_IN");
  const bool other =
      witness_->saw_other_round("LED", source_names_, target_, text_, quote_) ||
      witness_->saw_other_round("INVESTED_IN", source_names_, target_, text_, quote_);
  // The witness may have taken the round of an aside for the one at hand.
  const bool in_aside = std::any_of(
      text_.rounds().begin(), text_.rounds().end(), [&](const rules::RoundMention& mention) {
        const std::uint32_t first = mention.span.first;
        return first >= row.range.first && first < row.range.last && row.is_aside(first);
      });
  if (!seen && (fit == RoundFit::kConflict || (other && !in_aside))) {
    return unsupported("other_round", "The quote speaks of another round.");
  }
  return std::nullopt;
}

bool SupportEdge::raises_at(TokenRange mention) const {
  const Document& doc = text_.doc();
  const TokenRange sentence = text_.sentence(text_.sentence_at(mention.first));
  const CueRow row = read_cues(text_, sentence);
  bool said = false;
  std::uint32_t before = mention.first;
  while (before > sentence.first && doc.has(before - 1, rules::kDeterminer | rules::kAdjective)) {
    --before;
  }
  // "founded by an Acme engineer": no subject.
  const bool governed = before > sentence.first && doc.has(before - 1, rules::kPreposition);
  for (std::uint32_t i = mention.last; i < sentence.last && !governed; ++i) {
    if (row.is_aside(i) && !row.is_aside(mention.first)) continue;
    const bool name = doc.name_at[i] != kNone;
    if (!name && doc.has(i, rules::kRaise | rules::kWeakRaise) &&
        speaks_of_funding(doc, {.first = i + 1, .last = sentence.last})) {
      return true;
    }
    if (speaks_of_funding(doc, {.first = i, .last = i + 1})) return true;
    if (!name && row.at(i) == CueTag::kVerb && !row.is_aside(i)) break;
    if (doc.has(i, rules::kPronoun)) said = false;
    if (name && said) break;
    said = said || row.at(i) == CueTag::kSay;
    const CueTag tag = row.at(i);
    if (tag == CueTag::kLedLeft || tag == CueTag::kInvestedLeft || tag == CueTag::kOther) break;
    if (tag == CueTag::kStop || doc.has(i, rules::kRole)) break;
  }
  // "in Acme", "for the exchange Acme", "backs Acme".
  for (std::uint32_t i = mention.first; i > sentence.first;) {
    --i;
    if (doc.is(i, "in"_w) || doc.is(i, "into"_w) || doc.is(i, "for"_w) || doc.is(i, "at"_w) ||
        doc.is(i, "of"_w) || row.at(i) == CueTag::kInvestedLeft ||
        row.at(i) == CueTag::kStakeLeft) {
      return speaks_of_funding(doc, sentence);
    }
    const bool plain = doc.has(i, rules::kDeterminer | rules::kAdjective | rules::kCompanyNoun |
                                      rules::kDemonym | rules::kPlace) ||
                       doc.is(i, "-based"_w) || row.at(i) == CueTag::kPlain;
    if (!plain || doc.name_at[i] != kNone || doc.symbol(i, ',') || doc.has(i, rules::kPreposition))
      break;
  }
  return false;
}

Verdict SupportEdge::raiser() const {
  if (!project_meant(source_names_, false)) {
    return unsupported("end_not_named", "The quote does not speak of this company.");
  }
  const bool known = witness_->raised(source_names_);
  const std::vector<TokenRange> mentions = source_names_.find(text_, whole_);
  if (mentions.empty() && !witness_->spoke_last_of(source_names_, text_, whole_.first)) {
    return unsupported("end_not_named", "The quote speaks of another company.");
  }
  if (saw("RAISED") || known || mentions.empty()) return std::nullopt;
  for (const TokenRange mention : mentions) {
    const CueRow row = read_cues(text_, text_.sentence(text_.sentence_at(mention.first)));
    const InvestorRole role = role_in_sentence(text_, row, mention);
    if (role.led || role.invested || role.stranger) continue;
    if (raises_at(mention)) return std::nullopt;
  }
  return unsupported("contradicted", "The text does not say that this company raised.");
}

Verdict SupportEdge::raised() const {
  if (Verdict verdict = raiser()) return verdict;
  const Document& doc = text_.doc();
  const bool seen = saw("RAISED");
  const bool spoken = std::any_of(
      text_.rounds().begin(), text_.rounds().end(), [&](const rules::RoundMention& mention) {
        return mention.span.first < whole_.last && mention.span.last > whole_.first;
      });
  if (!spoken && !seen) {
    return unsupported("no_cue", "The quote does not speak of a round.");
  }
  const SupportRound round(target_);
  const bool inside =
      round.fit_in(text_, quote_, quote_.first, known_rounds()) == RoundFit::kConflict;
  const bool around = round.fit(text_, quote_, quote_.first, known_rounds()) == RoundFit::kConflict;
  if (round.only_other_sum_in(text_, quote_)) {
    return unsupported("other_round", "The sum is a total or a valuation, not a round.");
  }
  if ((inside || (around && !seen)) && !round.named_in(text_, quote_)) {
    return unsupported("other_round", "The quote speaks of another round.");
  }
  if (seen) return std::nullopt;
  for (const rules::RoundMention& mention : text_.rounds()) {
    if (mention.span.first >= quote_.last) break;
    if (mention.span.last <= quote_.first) continue;
    const bool named = mention.owner == rules::OwnerKind::kName && mention.owner_name != kNone;
    if (named && round.fit(text_, mention) == RoundFit::kNamed) {
      const rules::Name& owner = doc.names[mention.owner_name];
      if (!source_names_.in(text_, {.first = owner.first, .last = owner.last})) {
        return unsupported("contradicted", "The round is another company's.");
      }
    }
    if (mention.suppressed) {
      return unsupported("hedged", "The text speaks of a plan, a rumour or a possibility.");
    }
  }
  std::uint32_t cue = quote_.first;
  while (cue + 1 < quote_.last && !speaks_of_funding(doc, {.first = cue, .last = cue + 1})) ++cue;
  return standing(cue);
}

}  // namespace graphrail::extract::model

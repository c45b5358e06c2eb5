// Lists of investors take their part from the heading or the line above them.
#include <algorithm>

#include "extract/model/support_investors.h"

namespace graphrail::extract::model {
namespace {

using rules::Document;
using rules::TokenRange;

bool ends_open(const Document& doc, TokenRange sentence) {
  return doc.symbol(sentence.last - 1, ':') ||
         (sentence.last - sentence.first > 1 && doc.symbol(sentence.last - 2, ':'));
}

bool is_verbless(const CueRow& row) {
  return std::none_of(row.tags.begin(), row.tags.end(), [](CueTag tag) {
    return tag == CueTag::kVerb || tag == CueTag::kLedLeft || tag == CueTag::kInvestedLeft ||
           tag == CueTag::kSay;
  });
}

}  // namespace

InvestorRole role_from_lead_in(const SupportText& text, std::uint32_t sentence) {
  constexpr std::uint32_t kMaxItems = 60;
  const Document& doc = text.doc();
  const bool item = doc.sentences[sentence].kind == rules::BlockKind::kListItem;
  if (!item && !is_verbless(read_cues(text, text.sentence(sentence)))) return {};
  std::uint32_t at = sentence;
  const std::uint32_t floor = sentence > kMaxItems ? sentence - kMaxItems : 0;
  do {
    if (at == floor) return {};
    --at;
  } while (item && doc.sentences[at].kind == rules::BlockKind::kListItem);
  const TokenRange range = text.sentence(at);
  const CueRow row = read_cues(text, range);
  const bool heading = doc.sentences[at].kind == rules::BlockKind::kHeading;
  if (!heading && !ends_open(doc, range) && !item) return {};
  InvestorRole role;
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    const CueTag tag = row.at(i);
    const bool lead = tag == CueTag::kLedRight || tag == CueTag::kLedLeft;
    const bool noun = doc.has(i, rules::kInvestorNoun) && !doc.has(i, rules::kCompanyNoun);
    if (tag == CueTag::kOther) role = {.other = true};
    if (!lead && tag != CueTag::kInvestedRight && tag != CueTag::kInvestedLeft && !noun) continue;
    role = {.led = lead || (role.led && noun), .invested = true, .cue = i};
  }
  return role;
}

}  // namespace graphrail::extract::model

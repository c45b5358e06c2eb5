// Lists of investors as announcements write them: "A, existing investor B, the Tokyo-based firm C
// (formerly D) and Bigshop co-founder E". Reads to the right of a cue.
#pragma once

#include <vector>

#include "extract/rules/document.h"

namespace graphrail::extract::rules {

/// One investor of a list.
struct Party {
  /// The name that invested.
  std::uint32_t name = kNone;
  /// A person who stands for the firm in `name`: "Jane Roe of Acme Capital".
  std::uint32_t person = kNone;
  /// A person investing for themselves.
  bool angel = false;
  /// First token after the item.
  std::uint32_t last = 0;
};

struct PartyList {
  std::vector<Party> parties;
  /// First token after the list.
  std::uint32_t last = 0;
  /// The first item was a description without a name: "a Japanese fund"; its noun, or kNone.
  std::uint32_t unnamed_noun = kNone;
};

/// Reads a list from token `i` within `[i, last)`. `angels` says the cue announced persons. At
/// most 64 items.
[[nodiscard]] PartyList read_party_list(const Document& doc, std::uint32_t i, std::uint32_t last,
                                        bool angels);

/// The list that ends right before token `end`: "with A, B and former X CEO C" before
/// "contributing". Empty when no place the list could start leads to `end`.
[[nodiscard]] PartyList read_party_list_before(const Document& doc, std::uint32_t first,
                                               std::uint32_t end);

/// First token after a parenthesis that opens at `i`, or `i` when none opens or it does not close
/// within 40 tokens.
[[nodiscard]] std::uint32_t skip_parenthesis(const Document& doc, std::uint32_t i,
                                             std::uint32_t last);

/// A finite verb at `i`: what is before it is its subject.
[[nodiscard]] bool finite_verb(const Document& doc, std::uint32_t i);

}  // namespace graphrail::extract::rules

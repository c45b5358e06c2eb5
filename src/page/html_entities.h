// Character references of HTML (WHATWG, 13.2.5.72 and 13.5): decimal, hexadecimal and named.
// Named references cover HTML 4 and those of HTML 5 that stand for letters, punctuation and
// spaces; a name outside the table stays as written. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace graphrail::page {

/// What an '&' stands for. `length` is 0 when no reference starts there.
struct CharacterReference {
  char32_t code_point = 0;
  std::uint32_t length = 0;  // bytes of the reference including '&' and ';'
};

/// Reads the reference at the start of `text`, which begins with '&'. At most 40 bytes are looked
/// at for names; digits of a number are followed to their end.
[[nodiscard]] CharacterReference read_character_reference(std::string_view text) noexcept;

/// `text` with every character reference replaced: for attribute values and titles.
[[nodiscard]] std::string decode_character_references(std::string_view text);

}  // namespace graphrail::page

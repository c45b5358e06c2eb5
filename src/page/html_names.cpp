#include "page/html_names.h"

#include <array>
#include <cstddef>

namespace graphrail::page {
namespace {

struct NamedElement {
  std::string_view name;
  std::string_view traits;
};

// In the order of Tag from kA on. Letters: V void, B block, P closes a paragraph, S scope boundary,
// X special, U unread, I implied end, H heading, R raw text, E escapable raw text.
// clang-format off
constexpr auto kElements = std::to_array<NamedElement>({
    {"a", ""}, {"abbr", ""}, {"address", "BPX"}, {"applet", "SXU"}, {"area", "VX"},
    {"article", "BPX"}, {"aside", "BPX"}, {"audio", "BU"}, {"b", ""}, {"base", "VX"},
    {"blockquote", "BPX"}, {"body", "BX"}, {"br", "VX"}, {"button", "XU"}, {"canvas", "BU"},
    {"caption", "BSX"}, {"center", "BPX"}, {"code", ""}, {"col", "VX"}, {"colgroup", "X"},
    {"datalist", "U"}, {"dd", "BPXI"}, {"del", ""}, {"details", "BPX"}, {"dialog", "BP"},
    {"dir", "BPX"}, {"div", "BPX"}, {"dl", "BPX"}, {"dt", "BPXI"}, {"em", ""}, {"embed", "VXU"},
    {"fieldset", "BPX"}, {"figcaption", "BPX"}, {"figure", "BPX"}, {"font", ""},
    {"footer", "BPX"}, {"form", "BPX"}, {"frame", "VXU"}, {"frameset", "BXU"}, {"h1", "BPXH"},
    {"h2", "BPXH"}, {"h3", "BPXH"}, {"h4", "BPXH"}, {"h5", "BPXH"}, {"h6", "BPXH"},
    {"head", "BXU"}, {"header", "BPX"}, {"hgroup", "BPX"}, {"hr", "VBPX"}, {"html", "BSX"},
    {"i", ""}, {"iframe", "BXUR"}, {"img", "VX"}, {"input", "VXU"}, {"ins", ""}, {"kbd", ""},
    {"label", ""}, {"legend", "B"}, {"li", "BPXI"}, {"link", "VX"}, {"listing", "BPX"},
    {"main", "BPX"}, {"map", ""}, {"mark", ""}, {"marquee", "SX"}, {"math", "SU"},
    {"menu", "BPX"}, {"meta", "VX"}, {"meter", "U"}, {"nav", "BPX"}, {"nobr", ""},
    {"noembed", "XUR"}, {"noframes", "BXUR"}, {"noscript", "XUR"}, {"object", "BSXU"},
    {"ol", "BPX"}, {"optgroup", "BUI"}, {"option", "BUI"}, {"output", ""}, {"p", "BPXI"},
    {"param", "VX"}, {"picture", ""}, {"plaintext", "BPXR"}, {"pre", "BPX"}, {"progress", "U"},
    {"q", ""}, {"rp", "UI"}, {"rt", "UI"}, {"ruby", ""}, {"s", ""}, {"samp", ""},
    {"script", "XUR"}, {"search", "BPX"}, {"section", "BPX"}, {"select", "BXU"}, {"small", ""},
    {"source", "VX"}, {"span", ""}, {"strike", ""}, {"strong", ""}, {"style", "XUR"}, {"sub", ""},
    {"summary", "BPX"}, {"sup", ""}, {"svg", "SU"}, {"table", "BPSX"}, {"tbody", "BX"},
    {"td", "BSX"}, {"template", "SXU"}, {"textarea", "BXUE"}, {"tfoot", "BX"}, {"th", "BSX"},
    {"thead", "BX"}, {"time", ""}, {"title", "BXUE"}, {"tr", "BX"}, {"track", "VX"}, {"tt", ""},
    {"u", ""}, {"ul", "BPX"}, {"var", ""}, {"video", "BU"}, {"wbr", "VX"}, {"xmp", "BPXR"},
});
// clang-format on

constexpr auto kFirstNamed = static_cast<std::size_t>(Tag::kA);
static_assert(kElements.size() + kFirstNamed == static_cast<std::size_t>(Tag::kCount));
constexpr std::string_view kTraitLetters = "VBPSXUIHRE";
constexpr std::size_t kLongestName = 10;
constexpr std::size_t kHashSlots = 512;

constexpr std::uint16_t traits_from_letters(std::string_view letters) {
  std::uint16_t bits = 0;
  for (const char letter : letters) {
    bits = static_cast<std::uint16_t>(bits | (1U << kTraitLetters.find(letter)));
  }
  return bits;
}

constexpr auto kTraits = [] {
  std::array<std::uint16_t, static_cast<std::size_t>(Tag::kCount)> table{};
  table[static_cast<std::size_t>(Tag::kCustom)] = kBlockElement;
  for (std::size_t i = 0; i < kElements.size(); ++i) {
    table[i + kFirstNamed] = traits_from_letters(kElements[i].traits);
  }
  return table;
}();

constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

constexpr std::size_t slot_of(std::string_view lower_name) {
  std::size_t hash = lower_name.size();
  for (const char c : lower_name) hash = hash * 31 + static_cast<unsigned char>(c);
  return (hash ^ (hash >> 9U)) % kHashSlots;
}

// Open addressing: a slot holds the index into kElements plus one.
constexpr auto kHashTable = [] {
  std::array<std::uint8_t, kHashSlots> table{};
  for (std::size_t i = 0; i < kElements.size(); ++i) {
    std::size_t slot = slot_of(kElements[i].name);
    while (table[slot] != 0) slot = (slot + 1) % kHashSlots;
    table[slot] = static_cast<std::uint8_t>(i + 1);
  }
  return table;
}();

}  // namespace

std::uint16_t tag_traits(Tag tag) noexcept { return kTraits[static_cast<std::size_t>(tag)]; }

std::string_view tag_name(Tag tag) noexcept {
  const auto index = static_cast<std::size_t>(tag);
  return index < kFirstNamed ? std::string_view() : kElements[index - kFirstNamed].name;
}

Tag tag_from_name(std::string_view name) noexcept {
  if (name.find('-') != std::string_view::npos) return Tag::kCustom;
  if (name.empty() || name.size() > kLongestName) return Tag::kUnknown;
  std::array<char, kLongestName> buffer{};
  for (std::size_t i = 0; i < name.size(); ++i) buffer[i] = to_lower(name[i]);
  const std::string_view lower(buffer.data(), name.size());
  for (std::size_t slot = slot_of(lower); kHashTable[slot] != 0; slot = (slot + 1) % kHashSlots) {
    const std::size_t index = kHashTable[slot] - 1U;
    if (kElements[index].name == lower) return static_cast<Tag>(index + kFirstNamed);
  }
  return Tag::kUnknown;
}

}  // namespace graphrail::page

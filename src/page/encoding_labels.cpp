#include "page/encoding_labels.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "page/ascii.h"

namespace graphrail::page {
namespace {

struct Label {
  std::string_view label;
  std::uint8_t encoding;  // index into kEncodings
};

constexpr std::size_t kLongestLabel = 20;

// clang-format off
constexpr auto kEncodings = std::to_array<Encoding>({
    {"utf-8", ""},
    {"windows-1252", ""},
    {"ibm866", "CP866"},
    {"iso-8859-2", "ISO-8859-2"},
    {"iso-8859-3", "ISO-8859-3"},
    {"iso-8859-4", "ISO-8859-4"},
    {"iso-8859-5", "ISO-8859-5"},
    {"iso-8859-6", "ISO-8859-6"},
    {"iso-8859-7", "ISO-8859-7"},
    {"iso-8859-8", "ISO-8859-8"},
    {"iso-8859-8-i", "ISO-8859-8"},
    {"iso-8859-10", "ISO-8859-10"},
    {"iso-8859-13", "ISO-8859-13"},
    {"iso-8859-14", "ISO-8859-14"},
    {"iso-8859-15", "ISO-8859-15"},
    {"iso-8859-16", "ISO-8859-16"},
    {"koi8-r", "KOI8-R"},
    {"koi8-u", "KOI8-U"},
    {"macintosh", "MACINTOSH"},
    {"windows-874", "CP874"},
    {"windows-1250", "CP1250"},
    {"windows-1251", "CP1251"},
    {"windows-1253", "CP1253"},
    {"windows-1254", "CP1254"},
    {"windows-1255", "CP1255"},
    {"windows-1256", "CP1256"},
    {"windows-1257", "CP1257"},
    {"windows-1258", "CP1258"},
    {"x-mac-cyrillic", "MAC-CYRILLIC"},
    {"gbk", "GB18030"},
    {"gb18030", "GB18030"},
    {"big5", "BIG5-HKSCS"},
    {"euc-jp", "EUC-JP-MS"},
    {"iso-2022-jp", "ISO-2022-JP"},
    {"shift_jis", "CP932"},
    {"euc-kr", "CP949"},
    {"utf-16be", "UTF-16BE"},
    {"utf-16le", "UTF-16LE"},
});

// Sorted by label.
constexpr auto kLabels = std::to_array<Label>({
    {"866", 2}, {"ansi_x3.4-1968", 1}, {"arabic", 7}, {"ascii", 1}, {"asmo-708", 7}, {"big5", 31},
    {"big5-hkscs", 31}, {"chinese", 29}, {"cn-big5", 31}, {"cp1250", 20}, {"cp1251", 21},
    {"cp1252", 1}, {"cp1253", 22}, {"cp1254", 23}, {"cp1255", 24}, {"cp1256", 25}, {"cp1257", 26},
    {"cp1258", 27}, {"cp819", 1}, {"cp866", 2}, {"csbig5", 31}, {"cseuckr", 35},
    {"cseucpkdfmtjapanese", 32}, {"csgb2312", 29}, {"csibm866", 2}, {"csiso2022jp", 33},
    {"csiso58gb231280", 29}, {"csiso88596e", 7}, {"csiso88596i", 7}, {"csiso88598e", 9},
    {"csiso88598i", 10}, {"csisolatin1", 1}, {"csisolatin2", 3}, {"csisolatin3", 4},
    {"csisolatin4", 5}, {"csisolatin5", 23}, {"csisolatin6", 11}, {"csisolatin9", 14},
    {"csisolatinarabic", 7}, {"csisolatincyrillic", 6}, {"csisolatingreek", 8},
    {"csisolatinhebrew", 9}, {"cskoi8r", 16}, {"csksc56011987", 35}, {"csmacintosh", 18},
    {"csshiftjis", 34}, {"csunicode", 37}, {"cyrillic", 6}, {"dos-874", 19}, {"ecma-114", 7},
    {"ecma-118", 8}, {"elot_928", 8}, {"euc-jp", 32}, {"euc-kr", 35}, {"gb18030", 30},
    {"gb2312", 29}, {"gb_2312", 29}, {"gb_2312-80", 29}, {"gbk", 29}, {"greek", 8}, {"greek8", 8},
    {"hebrew", 9}, {"ibm819", 1}, {"ibm866", 2}, {"iso-10646-ucs-2", 37}, {"iso-2022-jp", 33},
    {"iso-8859-1", 1}, {"iso-8859-10", 11}, {"iso-8859-11", 19}, {"iso-8859-13", 12},
    {"iso-8859-14", 13}, {"iso-8859-15", 14}, {"iso-8859-16", 15}, {"iso-8859-2", 3},
    {"iso-8859-3", 4}, {"iso-8859-4", 5}, {"iso-8859-5", 6}, {"iso-8859-6", 7},
    {"iso-8859-6-e", 7}, {"iso-8859-6-i", 7}, {"iso-8859-7", 8}, {"iso-8859-8", 9},
    {"iso-8859-8-e", 9}, {"iso-8859-8-i", 10}, {"iso-8859-9", 23}, {"iso-ir-100", 1},
    {"iso-ir-101", 3}, {"iso-ir-109", 4}, {"iso-ir-110", 5}, {"iso-ir-126", 8}, {"iso-ir-127", 7},
    {"iso-ir-138", 9}, {"iso-ir-144", 6}, {"iso-ir-148", 23}, {"iso-ir-149", 35},
    {"iso-ir-157", 11}, {"iso-ir-58", 29}, {"iso8859-1", 1}, {"iso8859-10", 11},
    {"iso8859-11", 19}, {"iso8859-13", 12}, {"iso8859-14", 13}, {"iso8859-15", 14},
    {"iso8859-2", 3}, {"iso8859-3", 4}, {"iso8859-4", 5}, {"iso8859-5", 6}, {"iso8859-6", 7},
    {"iso8859-7", 8}, {"iso8859-8", 9}, {"iso8859-9", 23}, {"iso88591", 1}, {"iso885910", 11},
    {"iso885911", 19}, {"iso885913", 12}, {"iso885914", 13}, {"iso885915", 14}, {"iso88592", 3},
    {"iso88593", 4}, {"iso88594", 5}, {"iso88595", 6}, {"iso88596", 7}, {"iso88597", 8},
    {"iso88598", 9}, {"iso88599", 23}, {"iso_8859-1", 1}, {"iso_8859-15", 14},
    {"iso_8859-1:1987", 1}, {"iso_8859-2", 3}, {"iso_8859-2:1987", 3}, {"iso_8859-3", 4},
    {"iso_8859-3:1988", 4}, {"iso_8859-4", 5}, {"iso_8859-4:1988", 5}, {"iso_8859-5", 6},
    {"iso_8859-5:1988", 6}, {"iso_8859-6", 7}, {"iso_8859-6:1987", 7}, {"iso_8859-7", 8},
    {"iso_8859-7:1987", 8}, {"iso_8859-8", 9}, {"iso_8859-8:1988", 9}, {"iso_8859-9", 23},
    {"iso_8859-9:1989", 23}, {"koi", 16}, {"koi8", 16}, {"koi8-r", 16}, {"koi8-ru", 17},
    {"koi8-u", 17}, {"koi8_r", 16}, {"korean", 35}, {"ks_c_5601-1987", 35}, {"ks_c_5601-1989", 35},
    {"ksc5601", 35}, {"ksc_5601", 35}, {"l1", 1}, {"l2", 3}, {"l3", 4}, {"l4", 5}, {"l5", 23},
    {"l6", 11}, {"l9", 14}, {"latin1", 1}, {"latin2", 3}, {"latin3", 4}, {"latin4", 5},
    {"latin5", 23}, {"latin6", 11}, {"logical", 10}, {"mac", 18}, {"macintosh", 18}, {"ms932", 34},
    {"ms_kanji", 34}, {"shift-jis", 34}, {"shift_jis", 34}, {"sjis", 34}, {"sun_eu_greek", 8},
    {"tis-620", 19}, {"ucs-2", 37}, {"unicode", 37}, {"unicode-1-1-utf-8", 0},
    {"unicode11utf8", 0}, {"unicode20utf8", 0}, {"unicodefeff", 37}, {"unicodefffe", 36},
    {"us-ascii", 1}, {"utf-16", 37}, {"utf-16be", 36}, {"utf-16le", 37}, {"utf-8", 0}, {"utf8", 0},
    {"visual", 9}, {"windows-1250", 20}, {"windows-1251", 21}, {"windows-1252", 1},
    {"windows-1253", 22}, {"windows-1254", 23}, {"windows-1255", 24}, {"windows-1256", 25},
    {"windows-1257", 26}, {"windows-1258", 27}, {"windows-31j", 34}, {"windows-874", 19},
    {"windows-949", 35}, {"x-cp1250", 20}, {"x-cp1251", 21}, {"x-cp1252", 1}, {"x-cp1253", 22},
    {"x-cp1254", 23}, {"x-cp1255", 24}, {"x-cp1256", 25}, {"x-cp1257", 26}, {"x-cp1258", 27},
    {"x-euc-jp", 32}, {"x-gbk", 29}, {"x-mac-cyrillic", 28}, {"x-mac-roman", 18},
    {"x-mac-ukrainian", 28}, {"x-sjis", 34}, {"x-unicode20utf8", 0}, {"x-x-big5", 31},
});
// clang-format on
static_assert(std::ranges::is_sorted(kLabels, std::ranges::less{}, &Label::label));

}  // namespace

const Encoding* encoding_from_label(std::string_view label) noexcept {
  label = trim_ascii_space(label);
  if (label.empty() || label.size() > kLongestLabel) return nullptr;
  std::array<char, kLongestLabel> buffer{};
  std::ranges::transform(label, buffer.begin(), ascii_lower);
  const std::string_view lower(buffer.data(), label.size());
  const auto* const at =
      std::ranges::lower_bound(kLabels, lower, std::ranges::less{}, &Label::label);
  return at != kLabels.end() && at->label == lower ? &kEncodings[at->encoding] : nullptr;
}

}  // namespace graphrail::page

#include "page/charset.h"

#include <gtest/gtest.h>

#include <string>

#include "core/utf8.h"
#include "page/encoding_labels.h"

namespace graphrail::page {
namespace {

using namespace std::string_literals;

struct Decoded {
  std::string text;
  std::string charset;
};

Decoded decode(const std::string& bytes, std::string_view header = "", bool prescan = true) {
  const DecodedDocument document = decode_document(bytes, header, prescan);
  return {std::string(document.text), document.charset};
}

TEST(Charset, ByteOrderMarkBeatsEverything) {
  EXPECT_EQ(decode("\xEF\xBB\xBF"s + "Stra\xC3\x9F"
                                     "e",
                   "windows-1252")
                .text,
            "Straße");
  EXPECT_EQ(decode("\xFF\xFEx\0\xE4\0"s, "utf-8").text, "xä");
  EXPECT_EQ(decode("\xFE\xFF\0x\0\xE4"s, "utf-8").charset, "utf-16be");
}

TEST(Charset, HeaderBeatsMeta) {
  const Decoded decoded = decode("<meta charset=koi8-r>\xE9", "ISO-8859-1");
  EXPECT_EQ(decoded.charset, "windows-1252");
  EXPECT_EQ(decoded.text, "<meta charset=koi8-r>é");
}

TEST(Charset, MetaIsFoundInBothWritings) {
  EXPECT_EQ(decode("<meta charset='koi8-r'>\xC1").charset, "koi8-r");
  EXPECT_EQ(decode("<META content='text/html; charset = \"windows-1251\"' "
                   "http-equiv=Content-Type>\xE0")
                .charset,
            "windows-1251");
  EXPECT_EQ(decode("<meta name=x content='charset=koi8-r'>\xC1").charset, "windows-1252");
  EXPECT_EQ(decode("<!-- <meta charset=koi8-r> -->\xC1").charset, "windows-1252");
}

TEST(Charset, MetaBehindTheFirstKibibyteIsNotRead) {
  const std::string late = std::string(1024, ' ') + "<meta charset=koi8-r>";
  EXPECT_EQ(decode(late + "\xC3\xA4").charset, "utf-8");
}

TEST(Charset, MetaUtf16MeansUtf8) {
  EXPECT_EQ(decode("<meta charset=utf-16>\xC3\xA4").text, "<meta charset=utf-16>ä");
}

TEST(Charset, OldMetaOnAPageThatBecameUtf8) {
  EXPECT_EQ(decode("<meta charset=windows-1251>\xD0\x9F\xD1\x80\xD0\xB8").charset, "utf-8");
}

TEST(Charset, LabelsFollowTheStandard) {
  EXPECT_EQ(decode("\x80", " Latin1 ").text, "€");
  EXPECT_EQ(decode("\xD6\xD0", "gb2312").charset, "gbk");
  EXPECT_EQ(decode("\x93\xFA\x96{", "x-sjis").text, "日本");
  EXPECT_EQ(decode("\xB0\xA1", "ks_c_5601-1987").text, "가");
  EXPECT_EQ(encoding_from_label("utf-7"), nullptr);
  EXPECT_EQ(decode("+ADw-", "utf-7").text, "+ADw-");
}

TEST(Charset, UndeclaredBytesAreUtf8OrGuessed) {
  EXPECT_EQ(decode("gr\xC3\xBC\xC3\x9F").charset, "utf-8");
  EXPECT_EQ(decode("gr\xFC\xDF").text, "grüß");
  EXPECT_EQ(decode("gr\xFC\xDF").charset, "windows-1252");
}

TEST(Charset, BrokenSequencesBecomeReplacementCharacters) {
  EXPECT_EQ(decode("a\xFF"
                   "b",
                   "utf-8")
                .text,
            "a\xEF\xBF\xBD"
            "b");
  for (const char* label : {"shift_jis", "euc-jp", "gb18030", "big5", "euc-kr", "iso-2022-jp",
                            "utf-16le", "windows-1251", "utf-8"}) {
    EXPECT_TRUE(core::is_valid_utf8(decode("a\xFF\x81\x80\xFE z\xE3", label).text)) << label;
  }
}

TEST(Charset, ResultsMoveWithTheirText) {
  DecodedDocument first = decode_document("\xE4", "latin1", false);
  const DecodedDocument second = std::move(first);
  EXPECT_EQ(second.text, "ä");
}

}  // namespace
}  // namespace graphrail::page

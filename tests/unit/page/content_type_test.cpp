#include "page/content_type.h"

#include <gtest/gtest.h>

#include <string>

namespace graphrail::page {
namespace {

using namespace std::string_view_literals;

TEST(ContentType, NamesAreCaseInsensitiveAndExact) {
  EXPECT_EQ(content_type_of(" TEXT/HTML ", "").kind, DocumentKind::kHtml);
  EXPECT_EQ(content_type_of("application/xhtml+xml;q=1", "").kind, DocumentKind::kXhtml);
  EXPECT_EQ(content_type_of("text/plain", "<p>").kind, DocumentKind::kPlainText);
  for (const char* other : {"x-text/html", "application/json", "image/png", "text/html2", "html"}) {
    EXPECT_EQ(content_type_of(other, "<p>").kind, DocumentKind::kUnsupported) << other;
  }
}

TEST(ContentType, CharsetIsReadInEveryWriting) {
  EXPECT_EQ(content_type_of("text/html;charset=utf-8", "").charset, "utf-8");
  EXPECT_EQ(content_type_of("text/html; x=y ; Charset = \"koi8-r\" ", "").charset, "koi8-r");
  EXPECT_EQ(content_type_of("text/html; charset='utf-8'", "").charset, "utf-8");
  EXPECT_EQ(content_type_of("text/html;;charset=", "").charset, "");
}

TEST(ContentType, MissingHeadersAreSniffed) {
  EXPECT_EQ(content_type_of("", "\n <!DOCTYPE html>").kind, DocumentKind::kHtml);
  EXPECT_EQ(content_type_of("", "Dear reader").kind, DocumentKind::kPlainText);
  EXPECT_EQ(content_type_of("", "%PDF-1.7 x").kind, DocumentKind::kUnsupported);
  EXPECT_EQ(content_type_of("", "a\0b"sv).kind, DocumentKind::kUnsupported);
}

TEST(ContentType, BinaryBytesAreNoPageWhateverTheHeaderSays) {
  EXPECT_EQ(content_type_of("text/html", "\x89PNG\r\n").kind, DocumentKind::kUnsupported);
  EXPECT_EQ(content_type_of("text/html", "\xFF\xFE<\0"sv).kind, DocumentKind::kHtml);
}

}  // namespace
}  // namespace graphrail::page

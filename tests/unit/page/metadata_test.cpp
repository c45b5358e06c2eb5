#include "page/metadata.h"

#include <gtest/gtest.h>

#include "page/dates.h"

namespace graphrail::page {
namespace {

PageMetadata metadata_of(std::string_view html,
                         std::string_view url = "https://www.quay.example/a/b") {
  return read_metadata(HtmlTree::parse(html), url);
}

TEST(Metadata, OpenGraphComesFirst) {
  const PageMetadata data = metadata_of(
      "<title>Tide &amp; time - The Quay</title><meta property='og:title' content='Tide &#38; "
      "time'>"
      "<meta property=og:site_name content='The Quay'>"
      "<meta property='article:published_time' content='2024-05-06T07:08:09+02:00'>"
      "<link rel=canonical href='/tide'>");
  EXPECT_EQ(data.title, "Tide & time");
  EXPECT_EQ(data.document_title, "Tide & time - The Quay");
  EXPECT_EQ(data.site_name, "The Quay");
  EXPECT_EQ(data.published, "2024-05-06");
  EXPECT_EQ(data.canonical_url, "https://www.quay.example/tide");
}

TEST(Metadata, SiteNameIsCutFromTheTitle) {
  EXPECT_EQ(metadata_of("<title>Tide - time | The Quay</title>"
                        "<meta property=og:site_name content='The Quay'>")
                .title,
            "Tide - time");
  EXPECT_EQ(metadata_of("<title>Tide - time</title>").title, "Tide - time");
  EXPECT_EQ(metadata_of("<p>x</p>").site_name, "quay.example");
}

TEST(Metadata, JsonLdIsReadAtAnyDepth) {
  const PageMetadata data = metadata_of(
      "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"x\"},"
      "{\"@type\":[\"NewsArticle\"],\"headline\":\"Head\",\"datePublished\":\"2023-01-02\","
      "\"publisher\":{\"name\":\"Pub\"},\"isAccessibleForFree\":\"http://schema.org/False\",}]}"
      "</script>");
  EXPECT_EQ(data.title, "Head");
  EXPECT_EQ(data.published, "2023-01-02");
  EXPECT_EQ(data.site_name, "Pub");
  EXPECT_EQ(data.free_to_read, std::optional(false));
}

TEST(Metadata, BrokenJsonLdIsIgnored) {
  const PageMetadata data =
      metadata_of("<script type='application/ld+json'>{\"headline\": </script><title>T</title>");
  EXPECT_EQ(data.title, "T");
  EXPECT_FALSE(data.free_to_read.has_value());
}

TEST(Metadata, DatesFallBackToTimeElementsAndTheAddress) {
  EXPECT_EQ(metadata_of("<time datetime='2022-03-04T00:00Z'>x</time>").published, "2022-03-04");
  EXPECT_EQ(metadata_of("<p>x", "https://q.example/2021/07/08/tide").published, "2021-07-08");
  EXPECT_EQ(metadata_of("<p>x").published, "");
}

TEST(Metadata, CanonicalAddressesMustBeWebAddresses) {
  EXPECT_EQ(metadata_of("<link rel=canonical href='javascript:x'>").canonical_url, "");
  EXPECT_EQ(metadata_of("<link rel=canonical href='//m.quay.example/x'>").canonical_url,
            "https://m.quay.example/x");
}

TEST(Dates, WritingsThatAreUnderstood) {
  for (const char* text :
       {"2024-05-06", "2024/05/06 10:00", "20240506", "2024-05-06T23:59:59Z",
        "Mon, 06 May 2024 10:00:00 GMT", "May 6, 2024", "6 May 2024", "10:30 May 6th, 2024"}) {
    EXPECT_EQ(iso_date(text), "2024-05-06") << text;
  }
}

TEST(Dates, WhatIsNoDate) {
  for (const char* text : {"", "2024", "2024-13-01", "2024-02-30", "06/05/2024", "May 2024",
                           "1524-05-06", "yesterday", "202405061"}) {
    EXPECT_EQ(iso_date(text), "") << text;
  }
}

}  // namespace
}  // namespace graphrail::page

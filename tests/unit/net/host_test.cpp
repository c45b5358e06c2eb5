#include "net/host.h"

#include <gtest/gtest.h>

namespace graphrail::net {
namespace {

std::string name_of(std::string_view text) {
  const auto host = parse_host(text);
  return host ? host->name : "refused";
}

TEST(Host, LowersNamesAndDropsTheFinalDot) {
  EXPECT_EQ(name_of("WWW.Example.COM."), "www.example.com");
  EXPECT_EQ(name_of("foo_bar.a--b.example.com"), "foo_bar.a--b.example.com");
  EXPECT_EQ(name_of("r3---sn-x.example.com"), "r3---sn-x.example.com");
}

TEST(Host, ConvertsInternationalNamesWithoutTransition) {
  EXPECT_EQ(name_of("B\u00DCCHER.example.com"), "xn--bcher-kva.example.com");
  EXPECT_EQ(name_of("stra\u00DFe.de"), "xn--strae-oqa.de");
  EXPECT_EQ(name_of("\u4F8B\u3048\u3002jp"), "xn--r8jz45g.jp");
  EXPECT_EQ(name_of("\uFF45xample.com"), "example.com");
}

TEST(Host, RefusesBrokenALabels) {
  for (const char* text : {"xn--a.com", "xn--.com", "xn--abc-.com", "xn--example-.com"}) {
    EXPECT_EQ(name_of(text), "refused") << text;
  }
}

TEST(Host, TakesAddressesOnlyInCanonicalForm) {
  EXPECT_EQ(name_of("8.8.8.8"), "8.8.8.8");
  for (const char* text :
       {"08.8.8.8", "8.8.8", "134744072", "0x8.8.8.8", "8.8.8.8.", "8.8.8.0x8", "256.1.1.1",
        "1.2.3.4.5", "0x", "a.0x1f", "a.09", "8.8.8.\uFF18", "\u2468.\u2468.\u2468.\u2468"}) {
    EXPECT_EQ(name_of(text), "refused") << text;
  }
}

TEST(Host, ReadsIPv6InAnySpellingButNoZone) {
  EXPECT_EQ(name_of("[2606:4700:4700:0:0:0:0:1111]"), "2606:4700:4700::1111");
  EXPECT_EQ(parse_host("[2606:4700::A]")->in_url(), "[2606:4700::a]");
  for (const char* text : {"[fe80::1%eth0]", "[::1%25lo]", "[v1.fe80::a]", "[1.2.3.4]", "[]", "[:]",
                           "[::1]]", "::1"}) {
    EXPECT_EQ(name_of(text), "refused") << text;
  }
}

TEST(Host, RefusesForbiddenCharactersAndLengths) {
  for (const char* text : {"", ".", "a..b", ".a", "a b", "a^b", "a|b", "<a>", "a%2eb", "a*b",
                           "ex\u202Eample.com", "a\xFF.com"}) {
    EXPECT_EQ(name_of(text), "refused") << text;
  }
  const std::string label(63, 'a');
  EXPECT_EQ(name_of(label + ".com"), label + ".com");
  EXPECT_EQ(name_of(label + "a.com"), "refused");
  EXPECT_EQ(name_of(label + "." + label + "." + label + "." + label + ".com"), "refused");
}

}  // namespace
}  // namespace graphrail::net

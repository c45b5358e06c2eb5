// The spoofing table: who is counted when proxies, liars and broken software write the headers.
#include "identity/client_address.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "identity/forwarding.h"

namespace graphrail::identity {
namespace {

using Lines = std::vector<std::string_view>;
using boost::asio::ip::make_address;

struct Case {
  std::string_view name;
  std::string_view trusted;
  std::string_view peer;
  Lines x_forwarded_for;
  Lines forwarded;
  std::string_view client;
};

constexpr std::string_view kOne = "10.0.0.1";
constexpr std::string_view kNet = "10.0.0.0/8, 192.168.0.0/16, fd00::/8, ::1";

std::string client_of(const Case& c) {
  const auto proxies = TrustedProxies::parse(c.trusted);
  if (!proxies) return "bad TRUSTED_PROXIES";
  return client_address(make_address(std::string(c.peer)), {c.forwarded, c.x_forwarded_for},
                        *proxies)
      .to_string();
}

void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(client_of(c), c.client) << c.name;
}

TEST(ClientAddress, WithoutATrustedProxyThePeerIsTheClient) {
  check({
      {"no headers", "", "203.0.113.7", {}, {}, "203.0.113.7"},
      {"liar, XFF", "", "203.0.113.7", {"198.51.100.1"}, {}, "203.0.113.7"},
      {"liar, Forwarded", "", "203.0.113.7", {}, {"for=198.51.100.1"}, "203.0.113.7"},
      {"liar, both", "", "203.0.113.7", {"1.1.1.1"}, {"for=1.1.1.1"}, "203.0.113.7"},
      {"liar names a proxy", kOne, "203.0.113.7", {"10.0.0.1"}, {}, "203.0.113.7"},
      {"untrusted neighbour", kOne, "10.0.0.2", {"198.51.100.1"}, {}, "10.0.0.2"},
      {"loopback is not special", "", "127.0.0.1", {"198.51.100.1"}, {}, "127.0.0.1"},
      {"IPv6 peer", "", "2001:db8::9", {"198.51.100.1"}, {}, "2001:db8::9"},
      {"mapped peer is IPv4", "", "::ffff:203.0.113.7", {}, {}, "203.0.113.7"},
      {"zone id of the peer", "", "fe80::1%1", {}, {}, "fe80::1"},
      {"mapped block does not match others",
       "::ffff:10.0.0.0/104",
       "11.0.0.1",
       {"1.1.1.1"},
       {},
       "11.0.0.1"},
  });
}

TEST(ClientAddress, OneProxyIsBelievedAboutTheLastHopOnly) {
  check({
      {"honest", kOne, "10.0.0.1", {"203.0.113.7"}, {}, "203.0.113.7"},
      {"honest, Forwarded", kOne, "10.0.0.1", {}, {"for=203.0.113.7"}, "203.0.113.7"},
      {"health check of the proxy", kOne, "10.0.0.1", {}, {}, "10.0.0.1"},
      {"liar prepends", kOne, "10.0.0.1", {"1.1.1.1, 203.0.113.7"}, {}, "203.0.113.7"},
      {"liar prepends a proxy", kOne, "10.0.0.1", {"10.0.0.1, 203.0.113.7"}, {}, "203.0.113.7"},
      {"liar prepends on a line of its own",
       kOne,
       "10.0.0.1",
       {"1.1.1.1", "203.0.113.7"},
       {},
       "203.0.113.7"},
      {"liar prepends garbage",
       kOne,
       "10.0.0.1",
       {"<script>, , %, 203.0.113.7"},
       {},
       "203.0.113.7"},
      {"liar in Forwarded", kOne, "10.0.0.1", {}, {"for=1.1.1.1, for=203.0.113.7"}, "203.0.113.7"},
      {"liar in Forwarded, two lines",
       kOne,
       "10.0.0.1",
       {},
       {"for=1.1.1.1", "for=203.0.113.7"},
       "203.0.113.7"},
      {"mapped peer is the proxy", kOne, "::ffff:10.0.0.1", {"203.0.113.7"}, {}, "203.0.113.7"},
      {"mapped block names IPv4",
       "::ffff:10.0.0.0/104",
       "10.9.9.9",
       {"203.0.113.7"},
       {},
       "203.0.113.7"},
      {"mapped hop", kOne, "10.0.0.1", {"::ffff:203.0.113.7"}, {}, "203.0.113.7"},
      {"mapped hop in hexadecimal", kOne, "10.0.0.1", {"::ffff:cb00:7107"}, {}, "203.0.113.7"},
      {"trusted by IPv6", "fd00::/8", "fd00::5", {"2001:db8::7"}, {}, "2001:db8::7"},
      {"trusted by ::1", kNet, "::1", {"2001:db8::7"}, {}, "2001:db8::7"},
  });
}

TEST(ClientAddress, SeveralProxiesAreWalkedFromTheRight) {
  check({
      {"two", kNet, "10.0.0.1", {"203.0.113.7, 10.0.0.2"}, {}, "203.0.113.7"},
      {"two, Forwarded", kNet, "10.0.0.1", {}, {"for=203.0.113.7, for=10.0.0.2"}, "203.0.113.7"},
      {"two families", kNet, "10.0.0.1", {"203.0.113.7, fd00::2"}, {}, "203.0.113.7"},
      {"three, over two lines",
       kNet,
       "10.0.0.1",
       {"203.0.113.7, 192.168.1.1", "10.0.0.2"},
       {},
       "203.0.113.7"},
      {"liar behind two", kNet, "10.0.0.1", {"1.1.1.1, 203.0.113.7, 10.0.0.2"}, {}, "203.0.113.7"},
      {"liar names proxies behind two",
       kNet,
       "10.0.0.1",
       {"10.7.7.7, 203.0.113.7, 10.0.0.2"},
       {},
       "203.0.113.7"},
      {"second proxy not trusted", kOne, "10.0.0.1", {"203.0.113.7, 10.0.0.2"}, {}, "10.0.0.2"},
      {"client inside the trusted net", kNet, "10.0.0.1", {"10.0.0.9"}, {}, "10.0.0.9"},
      {"everybody trusted", kNet, "10.0.0.1", {"10.0.0.8, 10.0.0.9"}, {}, "10.0.0.8"},
  });
}

TEST(ClientAddress, UnreadableHopsEndTheWalkAtWhoVouchedForThem) {
  check({
      {"unknown", kOne, "10.0.0.1", {"unknown"}, {}, "10.0.0.1"},
      {"unknown, Forwarded", kOne, "10.0.0.1", {}, {"for=unknown"}, "10.0.0.1"},
      {"obfuscated", kOne, "10.0.0.1", {}, {"for=_hidden"}, "10.0.0.1"},
      {"behind the second", kNet, "10.0.0.1", {"1.1.1.1, garbage, 10.0.0.2"}, {}, "10.0.0.2"},
      {"name", kOne, "10.0.0.1", {"example.com"}, {}, "10.0.0.1"},
      {"octal", kOne, "10.0.0.1", {"010.0.0.1"}, {}, "10.0.0.1"},
      {"short IPv4", kOne, "10.0.0.1", {"127.1"}, {}, "10.0.0.1"},
      {"number", kOne, "10.0.0.1", {"3405803783"}, {}, "10.0.0.1"},
      {"IPv4 too large", kOne, "10.0.0.1", {"203.0.113.256"}, {}, "10.0.0.1"},
      {"IPv4 in brackets", kOne, "10.0.0.1", {"[203.0.113.7]"}, {}, "10.0.0.1"},
      {"IPv4 with zone", kOne, "10.0.0.1", {"203.0.113.7%eth0"}, {}, "10.0.0.1"},
      {"open bracket", kOne, "10.0.0.1", {"[2001:db8::7"}, {}, "10.0.0.1"},
      {"text after the bracket", kOne, "10.0.0.1", {"[2001:db8::7]x"}, {}, "10.0.0.1"},
      {"port not a number", kOne, "10.0.0.1", {"203.0.113.7:http"}, {}, "10.0.0.1"},
      {"port too large", kOne, "10.0.0.1", {"203.0.113.7:65536"}, {}, "10.0.0.1"},
      {"two addresses in one entry", kOne, "10.0.0.1", {"1.1.1.1 203.0.113.7"}, {}, "10.0.0.1"},
      {"empty header", kOne, "10.0.0.1", {""}, {}, "10.0.0.1"},
      {"only commas", kOne, "10.0.0.1", {", ,,"}, {}, "10.0.0.1"},
      {"no for", kOne, "10.0.0.1", {}, {"by=10.0.0.1;proto=https"}, "10.0.0.1"},
      {"two for", kOne, "10.0.0.1", {}, {"for=1.1.1.1;for=203.0.113.7"}, "10.0.0.1"},
      {"open quote swallows what was appended",
       kOne,
       "10.0.0.1",
       {},
       {"for=1.1.1.1;x=\", for=203.0.113.7"},
       "10.0.0.1"},
      {"open quote before a quoted address",
       kOne,
       "10.0.0.1",
       {},
       {"for=1.1.1.1;x=\", for=\"[2001:db8::7]\""},
       "10.0.0.1"},
      {"escaped open quote",
       kOne,
       "10.0.0.1",
       {},
       {"for=1.1.1.1;x=\"\\, for=\"[2001:db8::7]\""},
       "10.0.0.1"},
      {"space around the sign", kOne, "10.0.0.1", {}, {"for = 203.0.113.7"}, "10.0.0.1"},
      {"bare IPv6 in Forwarded is no token", kOne, "10.0.0.1", {}, {"for=2001:db8::7"}, "10.0.0.1"},
  });
}

TEST(ClientAddress, PortsBracketsZonesAndQuotesAreTakenOff) {
  check({
      {"IPv4 and port", kOne, "10.0.0.1", {"203.0.113.7:4711"}, {}, "203.0.113.7"},
      {"IPv6", kOne, "10.0.0.1", {"2001:db8::7"}, {}, "2001:db8::7"},
      {"IPv6 in capitals, long", kOne, "10.0.0.1", {"2001:0DB8:0:0:0:0:0:7"}, {}, "2001:db8::7"},
      {"IPv6 in brackets", kOne, "10.0.0.1", {"[2001:db8::7]"}, {}, "2001:db8::7"},
      {"IPv6 and port", kOne, "10.0.0.1", {"[2001:db8::7]:443"}, {}, "2001:db8::7"},
      {"IPv6 quoted", kOne, "10.0.0.1", {"\"[2001:db8::7]:443\""}, {}, "2001:db8::7"},
      {"zone id", kOne, "10.0.0.1", {"fe80::1%eth0"}, {}, "fe80::1"},
      {"zone id in brackets, with port", kOne, "10.0.0.1", {"[fe80::1%25en1]:80"}, {}, "fe80::1"},
      {"zone id of a proxy",
       "fe80::/10",
       "fe80::1%1",
       {"203.0.113.7, fe80::2%eth0"},
       {},
       "203.0.113.7"},
      {"tab and spaces", kOne, "10.0.0.1", {" \t1.1.1.1 ,\t203.0.113.7 \t"}, {}, "203.0.113.7"},
      {"Forwarded, quoted IPv6", kOne, "10.0.0.1", {}, {"for=\"[2001:db8::7]\""}, "2001:db8::7"},
      {"Forwarded, IPv6 and port",
       kOne,
       "10.0.0.1",
       {},
       {"for=\"[2001:db8::7]:4711\""},
       "2001:db8::7"},
      {"Forwarded, IPv4 and port",
       kOne,
       "10.0.0.1",
       {},
       {"for=\"203.0.113.7:4711\""},
       "203.0.113.7"},
      {"Forwarded, obfuscated port",
       kOne,
       "10.0.0.1",
       {},
       {"for=\"203.0.113.7:_a-1\""},
       "203.0.113.7"},
      {"Forwarded, escapes", kOne, "10.0.0.1", {}, {"for=\"203\\.0.113.7\""}, "203.0.113.7"},
      {"Forwarded, case and other pairs",
       kOne,
       "10.0.0.1",
       {},
       {"proto=https; For=203.0.113.7 ;by=10.0.0.1"},
       "203.0.113.7"},
      {"Forwarded, comma in quotes",
       kOne,
       "10.0.0.1",
       {},
       {"for=203.0.113.7;x=\"a, for=1.1.1.1\""},
       "203.0.113.7"},
  });
}

TEST(ClientAddress, TwoHeadersCountOnlyWhereTheyAgree) {
  check({
      {"agree", kOne, "10.0.0.1", {"203.0.113.7"}, {"for=203.0.113.7"}, "203.0.113.7"},
      {"agree in other spelling",
       kOne,
       "10.0.0.1",
       {"::ffff:203.0.113.7"},
       {"for=\"203.0.113.7:99\""},
       "203.0.113.7"},
      {"liar sends Forwarded, the proxy writes XFF",
       kOne,
       "10.0.0.1",
       {"203.0.113.7"},
       {"for=1.1.1.1"},
       "10.0.0.1"},
      {"liar sends XFF, the proxy writes Forwarded",
       kOne,
       "10.0.0.1",
       {"1.1.1.1"},
       {"for=203.0.113.7"},
       "10.0.0.1"},
      {"liar prepends to one",
       kOne,
       "10.0.0.1",
       {"1.1.1.1, 203.0.113.7"},
       {"for=203.0.113.7"},
       "203.0.113.7"},
      {"part behind the first",
       kNet,
       "10.0.0.1",
       {"203.0.113.7, 10.0.0.2"},
       {"for=1.1.1.1, for=10.0.0.2"},
       "10.0.0.2"},
      {"both unreadable", kOne, "10.0.0.1", {"unknown"}, {"for=_x"}, "10.0.0.1"},
  });
}

TEST(ClientAddress, LongHeadersAreNotRead) {
  const std::string filler(kMaxForwardingBytes, ',');
  const std::string long_line = filler + "203.0.113.7";
  EXPECT_EQ(client_of({"bytes", kOne, "10.0.0.1", {long_line}, {}, ""}), "10.0.0.1");
  EXPECT_EQ(client_of({"bytes over lines", kOne, "10.0.0.1", {filler, "203.0.113.7"}, {}, ""}),
            "10.0.0.1");
  EXPECT_EQ(client_of({"bytes, Forwarded", kOne, "10.0.0.1", {}, {filler, "for=1.1.1.1"}, ""}),
            "10.0.0.1");
  std::string chain = "203.0.113.7";
  for (std::size_t i = 0; i < kMaxHops; ++i) chain += ", 10.0.0." + std::to_string(i);
  EXPECT_EQ(client_of({"hops", kNet, "10.0.0.1", {chain}, {}, ""}), "10.0.0.0");
}

TEST(QuotaKey, IsTheAddressOrItsNetworkOf64Bits) {
  const auto key = [](const char* text) { return quota_key(make_address(text)); };
  EXPECT_EQ(key("203.0.113.7"), "203.0.113.7");
  EXPECT_EQ(key("::ffff:203.0.113.7"), "203.0.113.7");
  EXPECT_EQ(key("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(key("2001:db8:1:2:ffff:ffff:ffff:ffff"), "2001:db8:1:2::/64");
  EXPECT_EQ(key("2001:db8:1:3::1"), "2001:db8:1:3::/64");
  EXPECT_EQ(key("2001:db8::1"), "2001:db8::/64");
  EXPECT_EQ(key("2001:db8:0:5::1"), "2001:db8:0:5::/64");
  EXPECT_EQ(key("fe80::1%1"), "fe80::/64");
  EXPECT_EQ(key("::1"), "::/64");
}

TEST(TrustedProxies, NamesTheBadEntry) {
  for (const char* bad : {"10.0.0.0/33", "proxy.example", "0.0.0.0/0", "::/0", "::ffff:0:0/96",
                          "10.0.0.1/", "10.0.0.1/8x", "/8"}) {
    const auto parsed = TrustedProxies::parse(std::string("127.0.0.1, ") + bad);
    ASSERT_FALSE(parsed) << bad;
    EXPECT_NE(parsed.error().public_text().find(bad), std::string::npos);
  }
  EXPECT_TRUE(TrustedProxies::parse("")->empty());
  EXPECT_TRUE(TrustedProxies::parse(" , ")->empty());
  std::string many;
  for (std::size_t i = 0; i <= TrustedProxies::kMaxNetworks; ++i) many += "10.0.0.1,";
  EXPECT_FALSE(TrustedProxies::parse(many));
}

}  // namespace
}  // namespace graphrail::identity

#include "net/address_policy.h"

#include <gtest/gtest.h>

namespace graphrail::net {
namespace {

using boost::asio::ip::address;
using boost::asio::ip::make_address;

AddressClass class_of(const char* text) { return classify(make_address(text)); }

TEST(AddressClass, NamesTheKindsThatMatter) {
  EXPECT_EQ(class_of("127.0.0.1"), AddressClass::kLoopback);
  EXPECT_EQ(class_of("::1"), AddressClass::kLoopback);
  EXPECT_EQ(class_of("172.31.255.255"), AddressClass::kPrivateUse);
  EXPECT_EQ(class_of("100.64.0.1"), AddressClass::kPrivateUse);
  EXPECT_EQ(class_of("fd00::1"), AddressClass::kPrivateUse);
  EXPECT_EQ(class_of("169.254.169.254"), AddressClass::kLinkLocal);
  EXPECT_EQ(class_of("fe80::1"), AddressClass::kLinkLocal);
  EXPECT_EQ(class_of("100.100.100.200"), AddressClass::kPlatformService);
  EXPECT_EQ(class_of("168.63.129.16"), AddressClass::kPlatformService);
  EXPECT_EQ(class_of("239.0.0.1"), AddressClass::kMulticast);
  EXPECT_EQ(class_of("ff02::1"), AddressClass::kMulticast);
}

TEST(AddressClass, UnwrapsNothing) {
  for (const char* text : {"::ffff:8.8.8.8", "::8.8.8.8", "::ffff:0:8.8.8.8", "64:ff9b::8.8.8.8",
                           "64:ff9b:1::1", "2002:808:808::1", "2001:0:808:808::1",
                           "2606:4700::5efe:808:808", "2606:4700::200:5efe:808:808"}) {
    EXPECT_EQ(class_of(text), AddressClass::kEmbeddedIpv4) << text;
  }
}

TEST(AddressClass, EdgesOfBlocks) {
  for (const char* text :
       {"9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255",
        "192.169.0.0", "223.255.255.255", "192.0.1.0", "198.17.255.255", "198.20.0.0", "2001:200::",
        "2001:db7:ffff::", "2001:db9::", "3ffe:ffff::", "3fff:1000::", "2003::", "3f00::1",
        "2620:4f:7fff::1", "2620:4f:8001::1"}) {
    EXPECT_EQ(class_of(text), AddressClass::kPublicUnicast) << text;
  }
  for (const char* text :
       {"0.0.0.0", "192.0.0.0", "198.18.0.0", "198.19.255.255", "255.255.255.255", "240.0.0.1",
        "2001::1:0", "2001:1ff:ffff::", "2001:db8::", "3fff::", "3fff:fff:ffff::", "1fff:ffff::",
        "4000::", "5f00::1", "fec0::1", "::", "100::1", "2620:4f:8000::1", "192.88.99.1"}) {
    EXPECT_NE(class_of(text), AddressClass::kPublicUnicast) << text;
  }
}

TEST(Network, ContainsItsBlockAndNothingElse) {
  const auto block = Network::parse("10.1.2.0/23");
  ASSERT_TRUE(block);
  EXPECT_TRUE(block->contains(make_address("10.1.3.255")));
  EXPECT_FALSE(block->contains(make_address("10.1.4.0")));
  EXPECT_FALSE(block->contains(make_address("::ffff:10.1.2.1")));
  EXPECT_TRUE(Network::parse("0.0.0.0/0")->contains(make_address("1.2.3.4")));
  EXPECT_TRUE(Network::parse("fd00::/8")->contains(make_address("fdff::1")));
  for (const char* text : {"", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "x/8", "10.0.0.0/8x"}) {
    EXPECT_FALSE(Network::parse(text)) << text;
  }
}

std::optional<Refusal> vet(const AddressPolicy& policy, const char* text,
                           const std::vector<const char*>& answers) {
  const auto url = parse_url(text);
  EXPECT_TRUE(url) << text;
  if (const auto refusal = policy.vet_url(*url)) return refusal;
  std::vector<address> addresses;
  if (url->host.address) addresses.push_back(*url->host.address);
  for (const char* answer : answers) addresses.push_back(make_address(answer));
  return policy.vet_addresses(*url, addresses);
}

TEST(AddressPolicy, ClosedByDefault) {
  const AddressPolicy policy;
  EXPECT_EQ(vet(policy, "https://a.org/", {"1.1.1.1"}), std::nullopt);
  EXPECT_EQ(vet(policy, "http://a.org/", {"1.1.1.1"}), Refusal::kScheme);
  EXPECT_EQ(vet(policy, "https://a.org:8443/", {"1.1.1.1"}), Refusal::kPort);
  EXPECT_EQ(vet(policy, "https://wiki/", {"1.1.1.1"}), Refusal::kSingleLabelName);
  EXPECT_EQ(vet(policy, "https://a.internal/", {"1.1.1.1"}), Refusal::kSpecialUseName);
  EXPECT_EQ(vet(policy, "https://metadata.goog/", {"1.1.1.1"}), Refusal::kMetadataName);
  EXPECT_EQ(vet(policy, "https://a.org/", {}), Refusal::kNoAddress);
  EXPECT_EQ(vet(policy, "https://10.0.0.1/", {}), Refusal::kAddressNotPublic);
}

TEST(AddressPolicy, OneBadAnswerRefusesAll) {
  const AddressPolicy policy;
  EXPECT_EQ(vet(policy, "https://a.org/", {"1.1.1.1", "10.0.0.1"}), Refusal::kAddressNotPublic);
  EXPECT_EQ(vet(policy, "https://a.org/", {"10.0.0.1", "1.1.1.1"}), Refusal::kAddressNotPublic);
  EXPECT_EQ(vet(policy, "https://a.org/", {"2606:4700::1", "fd00::1"}), Refusal::kAddressNotPublic);
}

TEST(AddressPolicy, OpenedNetworksAllowHttpAndPortsOnlyThere) {
  const auto policy = AddressPolicy::create({.allow_nets = {"10.0.0.0/8"}});
  ASSERT_TRUE(policy);
  EXPECT_EQ(vet(*policy, "http://10.1.2.3:8080/", {}), std::nullopt);
  EXPECT_EQ(vet(*policy, "http://wiki/", {"10.1.2.3"}), std::nullopt);
  EXPECT_EQ(vet(*policy, "http://a.org/", {"1.1.1.1"}), Refusal::kScheme);
  EXPECT_EQ(vet(*policy, "http://a.org/", {"10.1.2.3", "1.1.1.1"}), Refusal::kScheme);
  EXPECT_EQ(vet(*policy, "https://a.org:9200/", {"1.1.1.1"}), Refusal::kPort);
  EXPECT_EQ(vet(*policy, "http://192.168.0.1/", {}), Refusal::kAddressNotPublic);
  EXPECT_EQ(vet(*policy, "https://a.org/", {"127.0.0.1"}), Refusal::kAddressNotPublic);
}

TEST(AddressPolicy, OpenedHostsMayBePrivateButNotMetadata) {
  const auto policy =
      AddressPolicy::create({.allow_hosts = {"wiki", "*.corp.example", "10.0.0.7"}});
  ASSERT_TRUE(policy);
  EXPECT_EQ(vet(*policy, "http://wiki:8080/", {"192.168.1.4"}), std::nullopt);
  EXPECT_EQ(vet(*policy, "http://a.corp.example/", {"10.0.0.1"}), std::nullopt);
  EXPECT_EQ(vet(*policy, "http://10.0.0.7/", {}), std::nullopt);
  EXPECT_EQ(vet(*policy, "http://10.0.0.8/", {}), Refusal::kAddressNotPublic);
  EXPECT_EQ(vet(*policy, "http://corp.example/", {"10.0.0.1"}), Refusal::kScheme);
  EXPECT_EQ(vet(*policy, "http://evilcorp.example/", {"10.0.0.1"}), Refusal::kScheme);
  EXPECT_EQ(vet(*policy, "http://wiki/", {"169.254.169.254"}), Refusal::kAddressNotPublic);
  EXPECT_EQ(vet(*policy, "http://wiki/", {"::ffff:10.0.0.1"}), Refusal::kAddressNotPublic);
}

TEST(AddressPolicy, NeverConnectsToItself) {
  const auto policy = AddressPolicy::create({.own_addresses = {"9.9.9.9"}});
  EXPECT_EQ(vet(*policy, "https://a.org/", {"9.9.9.9"}), Refusal::kOwnAddress);
  EXPECT_EQ(vet(*policy, "https://9.9.9.9/", {}), Refusal::kOwnAddress);
}

TEST(AddressPolicy, NamesTheBadSetting) {
  const auto policy = AddressPolicy::create({.allow_nets = {"10.0.0.0/8", "10/8"}});
  ASSERT_FALSE(policy);
  EXPECT_EQ(policy.error().public_text(), "FETCH_ALLOW_NETS: \"10/8\" is not valid");
  EXPECT_FALSE(AddressPolicy::create({.allow_hosts = {"*.10.0.0.1"}}));
}

}  // namespace
}  // namespace graphrail::net

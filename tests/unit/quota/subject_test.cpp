#include "quota/subject.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/utf8.h"

namespace graphrail::quota {
namespace {

TEST(Subject, IsTheKeyOtherClientsOfTheStoreUse) {
  const Window window{20'780};
  EXPECT_EQ(key_text(make_subject("anon", "203.0.113.7"), window),
            "ratelimit:anon:203.0.113.7:20780");
  EXPECT_EQ(key_text(make_subject("anon", "2001:db8::1"), window),
            "ratelimit:anon:2001:db8::1:20780");
  EXPECT_EQ(key_text(make_subject("auth", "user_2abcDEF"), window),
            "ratelimit:auth:user_2abcDEF:20780");
  EXPECT_EQ(key_text(make_subject("auth", "google-oauth2|117"), window),
            "ratelimit:auth:google-oauth2|117:20780");
  EXPECT_EQ(key_text(make_subject("pro", "jürgen@example.com"), window),
            "ratelimit:pro:jürgen@example.com:20780");
  EXPECT_EQ(key_text(budget_subject(), window), "ratelimit:budget:all:20780");
}

TEST(Subject, ReadsBackItsParts) {
  const Subject subject = make_subject("anon", "2001:db8::1");
  EXPECT_EQ(subject.tier(), "anon");
  EXPECT_EQ(subject.identifier(), "2001:db8::1");
  EXPECT_EQ(subject_from_text(subject.text()), subject);
}

TEST(Subject, ReplacesIdentifiersThatCouldDoHarm) {
  const std::vector<std::string> harmful{std::string(),
                                         std::string("a b"),
                                         std::string("a\r\nDEL x"),
                                         std::string("a\0b", 3),
                                         std::string("user*"),
                                         std::string("user?"),
                                         std::string("[a-z]"),
                                         std::string("a\\b"),
                                         std::string("\xC3"),
                                         std::string("\xED\xA0\x80"),
                                         std::string("\x7F"),
                                         std::string(201, 'x'),
                                         std::string("sha256-00")};
  for (const std::string& identifier : harmful) {
    const std::string text = make_subject("auth", identifier).text();
    EXPECT_EQ(text.size(), std::string("auth:sha256-").size() + 64) << identifier;
    EXPECT_TRUE(text.starts_with("auth:sha256-")) << text;
  }
  // echo -n 'user*' | sha256sum
  EXPECT_EQ(make_subject("auth", "user*").identifier(),
            "sha256-1f303b29c23544480623e611fd01c3925142f2a2429294058bf1e70b89f2c3a6");
}

TEST(Subject, RefusesWhatIsNoTier) {
  for (const std::string tier : {"", "a:b", "Anon", "a b", "*"}) {
    EXPECT_THROW((void)make_subject(tier, "x"), std::invalid_argument) << tier;
  }
}

RC_GTEST_PROP(Subject, DifferentIdentifiersNeverShareACounter, ()) {
  const std::string a = *rc::gen::arbitrary<std::string>();
  const std::string b = *rc::gen::oneOf(rc::gen::arbitrary<std::string>(), rc::gen::just(a),
                                        rc::gen::just(a + "*"), rc::gen::just(a + ":1"));
  RC_ASSERT((make_subject("auth", a) == make_subject("auth", b)) == (a == b));
  RC_ASSERT(make_subject("auth", a) != make_subject("anon", a));
}

RC_GTEST_PROP(Subject, AKeyIsAlwaysPlainText, ()) {
  const std::string identifier = *rc::gen::arbitrary<std::string>();
  const std::string key = key_text(make_subject("auth", identifier), Window{1});
  RC_ASSERT(core::is_valid_utf8(key));
  RC_ASSERT(key.size() <= 230U);
  for (const char c : key) {
    RC_ASSERT(static_cast<unsigned char>(c) > 0x20);
    RC_ASSERT(std::string_view("*?[]\\\x7F").find(c) == std::string_view::npos);
  }
}

RC_GTEST_PROP(Subject, AnotherMakingOfItsIdentifierIsAnotherSubject, ()) {
  // Whoever is called like the replacement of somebody else does not get that somebody's counter.
  const std::string hostile = *rc::gen::arbitrary<std::string>() + "*";
  const Subject subject = make_subject("auth", hostile);
  RC_ASSERT(make_subject("auth", subject.identifier()) != subject);
}

}  // namespace
}  // namespace graphrail::quota

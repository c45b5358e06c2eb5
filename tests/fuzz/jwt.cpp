// USES: identity net core
// Whatever bytes come as a token, a header, claims or a key set: nothing crashes, nothing is
// accepted that breaks the rules, and no forged token passes.
#include "identity/jwt.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "identity/base64url.h"

namespace {

namespace identity = graphrail::identity;

constexpr std::int64_t kNow = 1'800'000'000;

void check(bool ok) {
  if (!ok) std::abort();
}

/// The key of RFC 8037 appendix A.2.
const identity::KeySet& keys() {
  static const identity::KeySet set =
      *identity::KeySet::parse(R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k",)"
                               R"("x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})");
  return set;
}

void check_token(std::string_view text) {
  const auto token = identity::parse_token(text);
  if (!token) return;
  check(text.size() <= identity::kMaxTokenBytes && text.starts_with(token->signed_part));
  const auto claims = identity::verify_token(*token, keys(), {}, kNow);
  if (claims) check(!claims->subject.empty() && claims->expires_at > kNow - 10);
}

void check_claims(std::string_view payload) {
  const auto claims = identity::read_claims(payload, {.plan_claim = "a.b.c"}, kNow);
  if (!claims) return;
  check(!claims->subject.empty() && claims->subject.size() <= 255);
  for (const char c : claims->subject) check(c > 0x20 && c < 0x7F && c != '*');
  check(claims->expires_at > kNow - 10);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_token(text);
  check_token(identity::encode_base64url(text) + ".e30.AA");
  check_claims(text);
  if (const auto bytes = identity::decode_base64url(text)) {
    check(identity::encode_base64url(*bytes) == text);
  }
  if (const auto set = identity::KeySet::parse(text)) {
    check(!set->keys().empty() && set->keys().size() <= identity::kMaxKeys);
  }
  return 0;
}

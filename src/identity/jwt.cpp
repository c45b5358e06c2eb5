#include "identity/jwt.h"

#include <utility>

#include "identity/base64url.h"
#include "identity/identity_error.h"
#include "identity/json_object.h"
#include "identity/text.h"

namespace graphrail::identity {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxKeyIdBytes = 256;

std::optional<SignatureAlgorithm> find_algorithm(std::string_view name) {
  if (name == "RS256") return SignatureAlgorithm::kRs256;
  if (name == "ES256") return SignatureAlgorithm::kEs256;
  if (name == "EdDSA" || name == "Ed25519") return SignatureAlgorithm::kEdDsa;
  return std::nullopt;
}

/// Issuers sign other things with the same keys (logout tokens, security events) and tell them
/// apart by `typ` (RFC 8725 section 3.11).
bool is_access_or_session_token(const json::object& header) {
  if (!header.contains("typ")) return true;
  auto type = find_text(header, "typ");
  constexpr std::string_view kPrefix = "application/";
  if (type && equal_ignoring_case(type->substr(0, kPrefix.size()), kPrefix)) {
    type->remove_prefix(kPrefix.size());
  }
  return type && (equal_ignoring_case(*type, "JWT") || equal_ignoring_case(*type, "at+jwt"));
}

core::Result<void> read_header(std::string_view text, UnverifiedToken& token) {
  const auto header = parse_object(text);
  if (!header) return fail_identity(IdentityError::kMalformedToken, "header is no JSON object");
  for (const std::string_view name : {"crit", "b64", "enc"}) {
    if (header->contains(name)) {
      return fail_identity(IdentityError::kUnsupportedToken, "header has " + std::string(name));
    }
  }
  const auto name = find_text(*header, "alg");
  if (!name) return fail_identity(IdentityError::kMalformedToken, "header has no alg");
  const auto algorithm = find_algorithm(*name);
  if (!algorithm) return fail_identity(IdentityError::kUnsupportedToken, "alg not accepted");
  if (!is_access_or_session_token(*header)) {
    return fail_identity(IdentityError::kUnsupportedToken, "typ not accepted");
  }
  token.algorithm = *algorithm;
  if (!header->contains("kid")) return {};
  const auto key_id = find_text(*header, "kid");
  if (!key_id || key_id->empty() || key_id->size() > kMaxKeyIdBytes) {
    return fail_identity(IdentityError::kMalformedToken, "kid is no text of 1 to 256 bytes");
  }
  token.key_id = *key_id;
  return {};
}

}  // namespace

core::Result<std::optional<core::Secret>> read_bearer_token(
    std::span<const std::string_view> authorization) {
  if (authorization.empty()) return std::optional<core::Secret>();
  if (authorization.size() > 1) {
    return fail_identity(IdentityError::kMalformedToken, "several Authorization headers");
  }
  const std::string_view value = trim(authorization.front());
  const std::size_t space = value.find(' ');
  if (space == std::string_view::npos || !equal_ignoring_case(value.substr(0, space), "Bearer")) {
    return fail_identity(IdentityError::kMalformedToken, "Authorization is not of scheme Bearer");
  }
  const std::string_view token = trim(value.substr(space));
  if (token.size() > kMaxTokenBytes) return fail_identity(IdentityError::kTokenTooLarge);
  return std::optional(core::Secret(token));
}

core::Result<UnverifiedToken> parse_token(std::string_view text) {
  if (text.size() > kMaxTokenBytes) return fail_identity(IdentityError::kTokenTooLarge);
  const std::size_t first = text.find('.');
  const std::size_t second = first == text.npos ? text.npos : text.find('.', first + 1);
  if (second == text.npos || text.find('.', second + 1) != text.npos) {
    return fail_identity(IdentityError::kMalformedToken, "not three parts");
  }
  const auto header = decode_base64url(text.substr(0, first));
  auto payload = decode_base64url(text.substr(first + 1, second - first - 1));
  auto signature = decode_base64url(text.substr(second + 1));
  if (!header || !payload || !signature) {
    return fail_identity(IdentityError::kMalformedToken, "a part is not base64url");
  }
  UnverifiedToken token;
  if (const auto read = read_header(*header, token); !read) return core::fail(read.error());
  token.signed_part = text.substr(0, second);
  token.payload = std::move(*payload);
  token.signature = std::move(*signature);
  return token;
}

core::Result<Claims> verify_token(const UnverifiedToken& token, const KeySet& keys,
                                  const ClaimRules& rules, std::int64_t now) {
  const auto key = keys.find(token.algorithm, token.key_id);
  if (!key) return core::fail(key.error());
  if (!(*key)->key.verify(token.signed_part, token.signature)) {
    return fail_identity(IdentityError::kBadSignature);
  }
  return read_claims(token.payload, rules, now);
}

}  // namespace graphrail::identity

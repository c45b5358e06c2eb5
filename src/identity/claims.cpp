#include "identity/claims.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <optional>

#include "identity/identity_error.h"
#include "identity/json_object.h"
#include "identity/text.h"

namespace graphrail::identity {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxSubjectBytes = 255;
constexpr std::size_t kMaxPlanBytes = 64;
/// RFC 5321 section 4.5.3.1.
constexpr std::size_t kMaxEmailBytes = 254;

bool is_visible_text(std::string_view text, std::size_t max_bytes) {
  return !text.empty() && text.size() <= max_bytes && std::ranges::all_of(text, is_visible);
}

bool is_subject(std::string_view text) {
  return is_visible_text(text, kMaxSubjectBytes) &&
         text.find_first_of("*?[]\\\"'`") == std::string_view::npos;
}

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  return is_visible_text(text, kMaxEmailBytes) && at != std::string_view::npos && at > 0 &&
         at + 1 < text.size() && text.find('@', at + 1) == std::string_view::npos;
}

bool contains(const std::vector<std::string>& allowed, std::string_view value) {
  return std::ranges::find(allowed, value) != allowed.end();
}

core::Result<std::int64_t> check_times(const json::object& claims, std::int64_t leeway,
                                       std::int64_t now) {
  const auto expires_at = find_date(claims, "exp");
  if (!expires_at) return fail_identity(IdentityError::kBadClaim, "exp missing or no date");
  if (now >= *expires_at + leeway) return fail_identity(IdentityError::kExpired, "exp passed");
  for (const std::string_view name : {"nbf", "iat"}) {
    if (!claims.contains(name)) continue;
    const auto date = find_date(claims, name);
    if (!date) return fail_identity(IdentityError::kBadClaim, std::string(name) + " is no date");
    if (*date > now + leeway) {
      return fail_identity(IdentityError::kNotYetValid, std::string(name) + " in the future");
    }
  }
  return *expires_at;
}

core::Result<void> check_parties(const json::object& claims, const ClaimRules& rules) {
  if (!rules.issuer.empty() && find_text(claims, "iss") != rules.issuer) {
    return fail_identity(IdentityError::kWrongIssuer);
  }
  if (!rules.audiences.empty()) {
    const auto audiences = find_texts(claims, "aud");
    const bool is_meant = audiences && std::ranges::any_of(*audiences, [&](std::string_view name) {
                            return contains(rules.audiences, name);
                          });
    if (!is_meant) return fail_identity(IdentityError::kWrongAudience);
  }
  if (!rules.authorized_parties.empty()) {
    const auto party = find_text(claims, "azp");
    if (!party || !contains(rules.authorized_parties, *party)) {
      return fail_identity(IdentityError::kWrongParty, party ? "other azp" : "no azp");
    }
  }
  return {};
}

/// The member `name`, or what "a.b.c" leads to through nested objects.
std::optional<std::string_view> find_by_path(const json::object& claims, std::string_view name) {
  const json::object* object = &claims;
  while (object != nullptr) {
    if (object->contains(name)) return find_text(*object, name);
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const json::value* inner = object->if_contains(name.substr(0, dot));
    object = inner != nullptr ? inner->if_object() : nullptr;
    name.remove_prefix(dot + 1);
  }
  return std::nullopt;
}

}  // namespace

core::Result<Claims> read_claims(std::string_view payload, const ClaimRules& rules,
                                 std::int64_t now) {
  const auto object = parse_object(payload);
  if (!object) return fail_identity(IdentityError::kMalformedToken, "claims are no JSON object");
  const auto expires_at = check_times(*object, rules.leeway_seconds, now);
  if (!expires_at) return core::fail(expires_at.error());
  if (const auto checked = check_parties(*object, rules); !checked) {
    return core::fail(checked.error());
  }
  const auto subject = find_text(*object, "sub");
  if (!subject || !is_subject(*subject)) {
    return fail_identity(IdentityError::kBadClaim, "sub missing or not usable");
  }
  Claims claims{.subject = std::string(*subject), .expires_at = *expires_at};
  const auto plan = find_by_path(*object, rules.plan_claim);
  if (plan && is_visible_text(*plan, kMaxPlanBytes)) claims.plan = *plan;
  const auto email = find_text(*object, "email");
  if (email && is_email(*email)) claims.email = *email;
  return claims;
}

}  // namespace graphrail::identity

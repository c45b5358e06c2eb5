#include "identity/identity_error.h"

#include <utility>

namespace graphrail::identity {
namespace {

const char* public_text(IdentityError error) noexcept {
  switch (error) {
    case IdentityError::kMalformedToken:
      return "The bearer token is malformed.";
    case IdentityError::kTokenTooLarge:
      return "The bearer token is too long.";
    case IdentityError::kUnsupportedToken:
      return "The bearer token is of a kind that is not accepted.";
    case IdentityError::kAlgorithmMismatch:
      return "The bearer token's algorithm does not fit its key.";
    case IdentityError::kUnknownKey:
      return "The bearer token was signed with an unknown key.";
    case IdentityError::kKeyIdRequired:
      return "The bearer token does not say which key it was signed with.";
    case IdentityError::kBadSignature:
      return "The bearer token's signature is wrong.";
    case IdentityError::kExpired:
      return "The bearer token has expired; sign in again.";
    case IdentityError::kNotYetValid:
      return "The bearer token is not valid yet.";
    case IdentityError::kWrongIssuer:
      return "The bearer token comes from another issuer.";
    case IdentityError::kWrongAudience:
      return "The bearer token is meant for another service.";
    case IdentityError::kWrongParty:
      return "The bearer token was issued to a party that is not authorized here.";
    case IdentityError::kBadClaim:
      return "The bearer token lacks a claim that is needed, or has one that is not usable.";
    case IdentityError::kSignInOff:
      return "This server has no sign-in; send the request without a bearer token.";
    case IdentityError::kKeysUnavailable:
      return "Sign-in cannot be checked at the moment; try again shortly.";
    case IdentityError::kMalformedKeySet:
      return "Sign-in is not set up correctly on this server.";
    case IdentityError::kMalformedOwnKey:
      return "X-OpenAI-Key must be 8 to 256 visible ASCII characters.";
    case IdentityError::kOwnKeyRefused:
      return "The model server refused the key in X-OpenAI-Key.";
    case IdentityError::kOwnKeyWithoutCredit:
      return "The account behind the key in X-OpenAI-Key has no credit left.";
    case IdentityError::kOwnKeysOff:
      return "This server takes no keys of its users; send the request without X-OpenAI-Key.";
  }
  return "The caller could not be identified.";
}

class IdentityCategory final : public std::error_category {
 public:
  const char* name() const noexcept override { return "identity"; }
  std::string message(int value) const override {
    return public_text(static_cast<IdentityError>(value));
  }
};

}  // namespace

std::error_code make_error_code(IdentityError error) noexcept {
  static const IdentityCategory category;
  return {static_cast<int>(error), category};
}

std::string_view reason_of(IdentityError error) noexcept {
  switch (error) {
    case IdentityError::kMalformedToken:
    case IdentityError::kMalformedOwnKey:
      return "malformed";
    case IdentityError::kTokenTooLarge:
      return "too_large";
    case IdentityError::kUnsupportedToken:
      return "unsupported";
    case IdentityError::kAlgorithmMismatch:
      return "algorithm_mismatch";
    case IdentityError::kUnknownKey:
      return "unknown_key";
    case IdentityError::kKeyIdRequired:
      return "key_id_required";
    case IdentityError::kBadSignature:
      return "bad_signature";
    case IdentityError::kExpired:
      return "expired";
    case IdentityError::kNotYetValid:
      return "not_yet_valid";
    case IdentityError::kWrongIssuer:
      return "wrong_issuer";
    case IdentityError::kWrongAudience:
      return "wrong_audience";
    case IdentityError::kWrongParty:
      return "wrong_party";
    case IdentityError::kBadClaim:
      return "bad_claim";
    case IdentityError::kSignInOff:
      return "sign_in_off";
    case IdentityError::kKeysUnavailable:
    case IdentityError::kMalformedKeySet:
      return "sign_in_unavailable";
    case IdentityError::kOwnKeyRefused:
      return "refused";
    case IdentityError::kOwnKeyWithoutCredit:
      return "no_credit";
    case IdentityError::kOwnKeysOff:
      return "not_taken";
  }
  return "unknown";
}

core::Error identity_error(IdentityError error, std::string cause) {
  return {error, {public_text(error)}, {std::move(cause)}};
}

std::unexpected<core::Error> fail_identity(IdentityError error, std::string cause) {
  return core::fail(identity_error(error, std::move(cause)));
}

}  // namespace graphrail::identity

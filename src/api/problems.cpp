#include "api/problems.h"

#include <algorithm>
#include <string>
#include <utility>

#include "api/decode_error.h"
#include "api/idempotency.h"
#include "api/rate_limit_fields.h"
#include "core/core_error.h"
#include "generate/generate.h"
#include "history/graph_store.h"
#include "identity/identity_error.h"
#include "observe/log.h"
#include "quota/ledger_error.h"
#include "quota/quota_error.h"

namespace graphrail::api {
namespace {

using generate::GenerateError;
using history::HistoryError;
using identity::IdentityError;
using quota::LedgerError;
using quota::QuotaError;

/// Status and code of the contract (design section 5).
struct Answer {
  int status = 500;
  std::string_view error = "internal_error";
  std::string_view reason = {};
  /// The limit that was hit.
  std::string_view violated = {};
};

constexpr Answer kUnavailable{503, "service_unavailable"};

Answer answer_for(DecodeError error) noexcept {
  switch (error) {
    case DecodeError::kUnsupportedMediaType:
      return {415, "unsupported_media_type"};
    case DecodeError::kEmptyBody:
    case DecodeError::kInvalidUtf8:
    case DecodeError::kInvalidJson:
    case DecodeError::kTooDeep:
    case DecodeError::kNotAnObject:
    case DecodeError::kMissingMember:
    case DecodeError::kDuplicateMember:
    case DecodeError::kWrongType:
    case DecodeError::kValueNotAllowed:
      return {400, "invalid_request", reason_of(error)};
  }
  return {};
}

Answer answer_for(GenerateError error) noexcept {
  switch (error) {
    case GenerateError::kInputTooShort:
      return {400, "input_too_short"};
    case GenerateError::kInputTooLong:
      return {413, "payload_too_large"};
    case GenerateError::kEngineUnavailable:
      return {400, "invalid_request", "engine_unavailable"};
    case GenerateError::kSchemaUnsupported:
      return {400, "invalid_request", "schema_unsupported"};
    case GenerateError::kInvalidUrl:
      return {400, "invalid_url"};
    case GenerateError::kScrapeFailed:
      return {400, "scrape_failed"};
    case GenerateError::kModelUnavailable:
      return kUnavailable;
    case GenerateError::kModelDeclined:
      return {400, "invalid_request", "model_declined"};
    case GenerateError::kClientGone:
      // Nobody reads it; the status is for logs and metrics, as other servers number it.
      return {499, "client_closed_request"};
    case GenerateError::kUrlUnsupported:
      return {400, "invalid_url", "url_unsupported"};
  }
  return {};
}

Answer answer_for(HistoryError error) noexcept {
  switch (error) {
    case HistoryError::kUnavailable:
      return kUnavailable;
    case HistoryError::kNotFound:
      return {404, "not_found"};
  }
  return {};
}

Answer answer_for(core::CoreError error) noexcept {
  switch (error) {
    case core::CoreError::kBusy:
    case core::CoreError::kStopping:
      return kUnavailable;
  }
  return {};
}

Answer answer_for(IdentityError error) noexcept {
  const std::string_view reason = identity::reason_of(error);
  switch (error) {
    case IdentityError::kKeysUnavailable:
    case IdentityError::kMalformedKeySet:
      return {503, "service_unavailable", reason};
    case IdentityError::kMalformedOwnKey:
    case IdentityError::kOwnKeyRefused:
    case IdentityError::kOwnKeyWithoutCredit:
    case IdentityError::kOwnKeysOff:
      return {401, "own_key_refused", reason};
    default:
      return {401, "unauthorized", reason};
  }
}

Answer answer_for(QuotaError error) noexcept {
  switch (error) {
    case QuotaError::kDailyUsedUp:
      return {429, "rate_limited", {}, "daily"};
    case QuotaError::kBudgetUsedUp:
      return {429, "rate_limited", {}, "budget"};
    case QuotaError::kTooManyRequests:
      return {429, "rate_limited", {}, "burst"};
    case QuotaError::kAbuse:
      return {429, "rate_limited", {}, "abuse"};
  }
  return {};
}

Answer answer_for(LedgerError error) noexcept {
  return error == LedgerError::kUnavailable ? kUnavailable : Answer{};
}

Answer answer_for(IdempotencyError error) noexcept {
  switch (error) {
    case IdempotencyError::kMalformedKey:
      return {400, "invalid_request", "malformed"};
    case IdempotencyError::kStillRunning:
      return {409, "idempotency_conflict", "still_running"};
    case IdempotencyError::kOtherPayload:
      return {422, "idempotency_mismatch", "other_payload"};
  }
  return {};
}

/// True and filled when `code` belongs to the module of `Enum`.
template <class Enum>
bool answer_if(std::error_code code, Answer& answer) {
  if (code.category() != make_error_code(Enum{}).category()) return false;
  answer = answer_for(static_cast<Enum>(code.value()));
  return true;
}

Answer answer_for(std::error_code code) {
  Answer answer;
  answer_if<DecodeError>(code, answer) || answer_if<GenerateError>(code, answer) ||
      answer_if<HistoryError>(code, answer) || answer_if<core::CoreError>(code, answer) ||
      answer_if<IdentityError>(code, answer) || answer_if<QuotaError>(code, answer) ||
      answer_if<LedgerError>(code, answer) || answer_if<IdempotencyError>(code, answer);
  return answer;
}

/// A refusal for lack of room passes quickly; a store that is away takes longer to come back.
constexpr int kDefaultRetryAfterSeconds = 2;

/// The kinds that draft-ietf-httpapi-ratelimit-headers names, with the limits that were hit.
void tell_violated(std::string_view violated, http::Problem& problem) {
  const bool is_abuse = violated == "abuse";
  problem.type = is_abuse
                     ? "https://iana.org/assignments/http-problem-types#abnormal-usage-detected"
                     : "https://iana.org/assignments/http-problem-types#quota-exceeded";
  problem.title = is_abuse ? "Abnormal usage detected" : "Quota exceeded";
  problem.extensions["violated"] = violated;
  problem.extensions["violated-policies"] = boost::json::array{violated};
}

}  // namespace

http::Problem to_problem(const core::Error& error) {
  const Answer answer = answer_for(error.code());
  http::Problem problem;
  problem.status = answer.status;
  problem.error = answer.error;
  if (answer.status == 500 || error.public_text().empty()) {
    problem.detail = "Something went wrong here; the request id finds it in the server's log.";
  } else {
    problem.detail = error.public_text();
  }
  problem.retry_after_seconds = error.retry_after_seconds();
  if (answer.status == 503) {
    problem.retry_after_seconds = std::max(problem.retry_after_seconds, kDefaultRetryAfterSeconds);
  }
  if (!error.field().empty()) problem.extensions["field"] = error.field();
  const std::string_view reason = error.reason().empty() ? answer.reason : error.reason();
  if (!reason.empty()) problem.extensions["reason"] = reason;
  if (!answer.violated.empty()) tell_violated(answer.violated, problem);
  return problem;
}

http::Response make_error_response(const core::Error& error, std::string_view request_id) {
  const http::Problem problem = to_problem(error);
  if (problem.status >= 500) {
    observe::log_error("request failed", {{"request_id", request_id},
                                          {"error", problem.error},
                                          {"code", error.code().message()},
                                          {"cause", error.private_cause()}});
  }
  http::Response response = http::make_problem_response(problem, request_id);
  if (problem.error == "unauthorized") {
    // RFC 6750 section 3.
    response.headers.add("WWW-Authenticate", "Bearer error=\"invalid_token\"");
  } else if (problem.error == "own_key_refused") {
    // Every 401 has a challenge (RFC 9110 section 15.5.2).
    response.headers.add("WWW-Authenticate", "X-OpenAI-Key");
  }
  if (const auto* violated = problem.extensions.if_contains("violated")) {
    add_exhausted_field(response, violated->as_string(), problem.retry_after_seconds);
  }
  return response;
}

}  // namespace graphrail::api

// Which HTTP status and code each module's errors become.
#include "api/problems.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <string>

#include "api/decode_error.h"
#include "api/idempotency.h"
#include "core/core_error.h"
#include "generate/generate.h"
#include "history/graph_store.h"
#include "identity/identity_error.h"
#include "quota/ledger_error.h"
#include "quota/quota_error.h"

namespace graphrail::api {
namespace {

struct Mapping {
  std::error_code code;
  int status;
  std::string error;
  std::string reason;
};

class MappingTest : public testing::TestWithParam<Mapping> {};

TEST_P(MappingTest, HasStatusCodeAndReason) {
  const Mapping& expected = GetParam();
  const http::Problem problem = to_problem(core::Error(expected.code, {"Said to the client."}));
  EXPECT_EQ(problem.status, expected.status);
  EXPECT_EQ(problem.error, expected.error);
  const auto* reason = problem.extensions.if_contains("reason");
  EXPECT_EQ(reason ? std::string(reason->as_string()) : "", expected.reason);
  EXPECT_EQ(problem.status == 503, problem.retry_after_seconds > 0);
  EXPECT_EQ(problem.detail, "Said to the client.");
}

INSTANTIATE_TEST_SUITE_P(
    Errors, MappingTest,
    testing::Values(
        Mapping{DecodeError::kUnsupportedMediaType, 415, "unsupported_media_type", ""},
        Mapping{DecodeError::kEmptyBody, 400, "invalid_request", "empty_body"},
        Mapping{DecodeError::kInvalidUtf8, 400, "invalid_request", "invalid_utf8"},
        Mapping{DecodeError::kInvalidJson, 400, "invalid_request", "invalid_json"},
        Mapping{DecodeError::kTooDeep, 400, "invalid_request", "too_deep"},
        Mapping{DecodeError::kNotAnObject, 400, "invalid_request", "not_an_object"},
        Mapping{DecodeError::kMissingMember, 400, "invalid_request", "missing"},
        Mapping{DecodeError::kDuplicateMember, 400, "invalid_request", "duplicate"},
        Mapping{DecodeError::kWrongType, 400, "invalid_request", "wrong_type"},
        Mapping{DecodeError::kValueNotAllowed, 400, "invalid_request", "not_allowed"},
        Mapping{generate::GenerateError::kInputTooShort, 400, "input_too_short", ""},
        Mapping{generate::GenerateError::kInputTooLong, 413, "payload_too_large", ""},
        Mapping{generate::GenerateError::kEngineUnavailable, 400, "invalid_request",
                "engine_unavailable"},
        Mapping{generate::GenerateError::kSchemaUnsupported, 400, "invalid_request",
                "schema_unsupported"},
        Mapping{generate::GenerateError::kUrlUnsupported, 400, "invalid_url", "url_unsupported"},
        Mapping{history::HistoryError::kUnavailable, 503, "service_unavailable", ""},
        Mapping{history::HistoryError::kNotFound, 404, "not_found", ""},
        Mapping{generate::GenerateError::kModelUnavailable, 503, "service_unavailable", ""},
        Mapping{generate::GenerateError::kModelDeclined, 400, "invalid_request", "model_declined"},
        Mapping{identity::IdentityError::kExpired, 401, "unauthorized", "expired"},
        Mapping{identity::IdentityError::kSignInOff, 401, "unauthorized", "sign_in_off"},
        Mapping{identity::IdentityError::kKeysUnavailable, 503, "service_unavailable",
                "sign_in_unavailable"},
        Mapping{identity::IdentityError::kMalformedKeySet, 503, "service_unavailable",
                "sign_in_unavailable"},
        Mapping{identity::IdentityError::kMalformedOwnKey, 401, "own_key_refused", "malformed"},
        Mapping{identity::IdentityError::kOwnKeyRefused, 401, "own_key_refused", "refused"},
        Mapping{quota::QuotaError::kDailyUsedUp, 429, "rate_limited", ""},
        Mapping{quota::QuotaError::kAbuse, 429, "rate_limited", ""},
        Mapping{quota::LedgerError::kUnavailable, 503, "service_unavailable", ""},
        Mapping{IdempotencyError::kMalformedKey, 400, "invalid_request", "malformed"},
        Mapping{IdempotencyError::kStillRunning, 409, "idempotency_conflict", "still_running"},
        Mapping{IdempotencyError::kOtherPayload, 422, "idempotency_mismatch", "other_payload"},
        Mapping{core::CoreError::kBusy, 503, "service_unavailable", ""},
        Mapping{core::CoreError::kStopping, 503, "service_unavailable", ""}));

TEST(ToProblem, KeepsACodeOfNoModuleToItself) {
  const core::Error error(std::make_error_code(std::errc::no_such_file_or_directory),
                          {"/var/lib/graphs.db is missing"}, {"open failed"});
  const http::Problem problem = to_problem(error);
  EXPECT_EQ(problem.status, 500);
  EXPECT_EQ(problem.error, "internal_error");
  EXPECT_EQ(problem.detail.find("graphs.db"), std::string::npos);
}

TEST(ToProblem, NamesTheFieldAndPassesTheReasonOn) {
  const core::Error error =
      core::Error(DecodeError::kWrongType, {"No."}).with_field("engine").with_reason("finer");
  const http::Problem problem = to_problem(error);
  EXPECT_EQ(problem.extensions.at("field").as_string(), "engine");
  EXPECT_EQ(problem.extensions.at("reason").as_string(), "finer");
}

TEST(ToProblem, KeepsALongerRetryTime) {
  const core::Error error =
      core::Error(core::CoreError::kBusy, {"Busy."}).with_retry_after_seconds(30);
  EXPECT_EQ(to_problem(error).retry_after_seconds, 30);
}

TEST(MakeErrorResponse, NeverShowsTheCause) {
  const core::Error error(history::HistoryError::kUnavailable, {"The store does not answer."},
                          {"disk I/O error in /secret/place"});
  const http::Response response = make_error_response(error, "request-1");
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.headers.get("Retry-After"), "2");
  EXPECT_EQ(response.body.find("secret"), std::string::npos);
  const auto body = boost::json::parse(response.body).as_object();
  EXPECT_EQ(body.at("request_id").as_string(), "request-1");
  EXPECT_EQ(body.at("message").as_string(), "The store does not answer.");
  EXPECT_EQ(body.at("error").as_string(), "service_unavailable");
}

}  // namespace
}  // namespace graphrail::api

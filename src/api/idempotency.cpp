#include "api/idempotency.h"

#include <fmt/format.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "observe/log.h"

namespace graphrail::api {
namespace {

constexpr std::size_t kLongestKey = 255;
constexpr std::size_t kOwnerBytes = 16;
constexpr int kRetryAfterSeconds = 1;

class IdempotencyCategory final : public std::error_category {
 public:
  const char* name() const noexcept override { return "idempotency"; }
  std::string message(int value) const override {
    switch (static_cast<IdempotencyError>(value)) {
      case IdempotencyError::kMalformedKey:
        return "malformed idempotency key";
      case IdempotencyError::kStillRunning:
        return "idempotency key in use";
      case IdempotencyError::kOtherPayload:
        return "idempotency key of another request";
    }
    return "unknown idempotency error";
  }
};

std::string sha256_hex(std::string_view text) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  std::string hex;
  for (const unsigned char byte : digest) hex += fmt::format("{:02x}", byte);
  return hex;
}

std::unexpected<core::Error> malformed() {
  core::Error error(IdempotencyError::kMalformedKey,
                    {"Idempotency-Key must be one key of 1 to 255 visible ASCII characters, quoted "
                     "or not."});
  return core::fail(std::move(error).with_field("Idempotency-Key"));
}

bool is_key(std::string_view key) noexcept {
  return !key.empty() && key.size() <= kLongestKey &&
         std::ranges::all_of(key, [](char c) { return c > 0x20 && c < 0x7F && c != '"'; });
}

/// Whose key it is: two callers who think of the same key have nothing to do with each other.
std::string scope_of(const Caller& caller) {
  const quota::Caller& who = caller.quota;
  return who.user.empty() ? "address " + who.address : "user " + who.user;
}

}  // namespace

std::error_code make_error_code(IdempotencyError error) noexcept {
  static const IdempotencyCategory category;
  return {static_cast<int>(error), category};
}

core::Result<std::optional<history::IdempotentRequest>> read_idempotency_key(
    const http::Request& request, const Caller& caller, core::Random& random) {
  const std::vector<std::string_view> values = request.headers.get_all("Idempotency-Key");
  if (values.empty()) return std::nullopt;
  std::string_view key = values.front();
  if (key.size() >= 2 && key.starts_with('"') && key.ends_with('"')) {
    key = key.substr(1, key.size() - 2);
  }
  if (values.size() > 1 || !is_key(key)) return malformed();
  const std::string_view payer = caller.own_key ? "own key" : "operator";
  return history::IdempotentRequest{
      .key = sha256_hex(fmt::format("{}\n{}", scope_of(caller), key)),
      .payload = sha256_hex(fmt::format("{}\n{}\n{}", request.path, payer, request.body)),
      .owner = core::random_hex(random, kOwnerBytes)};
}

boost::asio::awaitable<core::Result<std::shared_ptr<const history::StoredAnswer>>>
IdempotentAttempt::begin() {
  if (!request_) co_return nullptr;
  auto beginning = store_->begin(*request_);
  core::Result<history::BeginOutcome> outcome = co_await std::move(beginning);
  if (!outcome) co_return core::fail(std::move(outcome.error()));
  switch (outcome->state) {
    case history::BeginState::kBegun:
      co_return nullptr;
    case history::BeginState::kReplay:
      co_return std::move(outcome->answer);
    case history::BeginState::kRunning:
      co_return core::fail(core::Error(IdempotencyError::kStillRunning,
                                       {"The first request with this Idempotency-Key is still "
                                        "running; its answer will be here in a moment."})
                               .with_retry_after_seconds(kRetryAfterSeconds));
    case history::BeginState::kMismatch:
      break;
  }
  co_return core::fail(IdempotencyError::kOtherPayload,
                       {"This Idempotency-Key was used for another request; make a new one."});
}

boost::asio::awaitable<void> IdempotentAttempt::keep(std::string body) {
  if (!request_) co_return;
  auto answer = std::make_shared<history::StoredAnswer>();
  answer->content_type = "application/json";
  answer->body = std::move(body);
  auto finishing = store_->finish(*request_, std::move(answer));
  const core::Result<history::FinishState> finished = co_await std::move(finishing);
  if (finished && *finished == history::FinishState::kKept) co_return;
  const std::string cause = finished ? "too large or too late" : finished.error().private_cause();
  observe::log_warn("answer not kept for its Idempotency-Key", {{"cause", cause}});
  auto releasing = release();
  co_await std::move(releasing);
}

boost::asio::awaitable<void> IdempotentAttempt::release() {
  if (!request_) co_return;
  auto releasing = store_->release(*request_);
  const core::Result<void> released = co_await std::move(releasing);
  if (!released) {
    observe::log_warn("Idempotency-Key not released",
                      {{"cause", released.error().private_cause()}});
  }
}

}  // namespace graphrail::api

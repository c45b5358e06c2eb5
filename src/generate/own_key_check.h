// Whether a caller's own key is good, asked before anything is fetched for them: of a memory that
// lasts minutes, else of the model server by listing its models, which costs nothing. Refusals are
// counted per address, so that nobody tries out keys through this server.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "core/clock.h"
#include "core/result.h"
#include "core/secret.h"
#include "identity/identity_error.h"
#include "identity/own_key.h"
#include "llm/chat_client.h"
#include "quota/burst_limiter.h"

namespace graphrail::generate {

struct OwnKeyCheckParts {
  /// Talks to the one server that own keys are sent to.
  std::shared_ptr<llm::ChatClient> client;
  std::shared_ptr<identity::OwnKeyMemory> memory;
  /// Counts refusals by address; null for no limit.
  std::shared_ptr<quota::BurstLimiter> refusals;
  std::shared_ptr<core::Clock> clock;
};

/// Safe from any thread.
class OwnKeyCheck {
 public:
  explicit OwnKeyCheck(OwnKeyCheckParts parts) : parts_(std::move(parts)) {}

  /// Fails with IdentityError::kOwnKeyRefused and kOwnKeyWithoutCredit, QuotaError::kAbuse after
  /// too many refusals, and GenerateError::kModelUnavailable when the server cannot be asked.
  boost::asio::awaitable<core::Result<void>> check(std::shared_ptr<const core::Secret> key,
                                                   std::string address);

  /// What a failed model call with this key means: a refusal is remembered and told as the key's;
  /// everything else stays as it is.
  [[nodiscard]] core::Error explain(core::Error error, const core::Secret& key,
                                    const std::string& address);

 private:
  [[nodiscard]] core::Error refuse(const std::string& address, identity::IdentityError reason);

  OwnKeyCheckParts parts_;
};

}  // namespace graphrail::generate

// The guard of a TestServer: the same parts as the program's, in the server's folder. Quotas and
// limits are off unless a test asks for them.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "api/guard_middlewares.h"
#include "core/clock.h"
#include "core/random.h"
#include "extract/extractor.h"
#include "generate/own_key_check.h"
#include "history/idempotency_store.h"
#include "llm/chat_client.h"
#include "observe/metrics.h"
#include "quota/embedded_ledger.h"
#include "quota/meter.h"

namespace graphrail::test {

struct TestGuardOptions {
  quota::AllowanceOptions allowances{.anonymous = {}, .signed_in = {}};
  /// Takes the place of the one in the folder.
  std::shared_ptr<quota::Ledger> ledger;
  /// The issuer's keys as JSON; empty where nobody can sign in.
  std::string key_set;
  std::string trusted_proxies;
  quota::BurstPolicy burst;
  /// Of refused tokens and keys.
  quota::BurstPolicy refusals;
  /// The model as users reach it with keys of their own, and the server that knows which are good;
  /// both null where such keys are not taken.
  std::shared_ptr<extract::Extractor> own_key_model;
  std::shared_ptr<llm::ChatClient> own_key_server;
};

/// What the guard is made of; shared by all threads of the server.
struct TestGuard {
  /// Null when the test gave a ledger of its own.
  std::shared_ptr<quota::EmbeddedLedger> embedded;
  std::shared_ptr<quota::Meter> meter;
  std::shared_ptr<history::IdempotencyStore> answers;
  api::IdentificationParts identification;
  std::shared_ptr<quota::BurstLimiter> burst;
  std::shared_ptr<generate::OwnKeyCheck> own_key_check;
};

/// Throws std::runtime_error when a part cannot be made.
[[nodiscard]] TestGuard make_test_guard(const TestGuardOptions& options,
                                        const std::filesystem::path& folder,
                                        const std::shared_ptr<core::Clock>& clock,
                                        const std::shared_ptr<core::Random>& random,
                                        const std::shared_ptr<observe::Metrics>& metrics);

}  // namespace graphrail::test

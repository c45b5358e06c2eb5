// The guard's part of the composition root: ledger and meter, burst and abuse limits, sign-in, own
// keys, answers kept for Idempotency-Key.
#pragma once

#include <memory>

#include "api/guard_middlewares.h"
#include "app/compose_model.h"
#include "config/settings.h"
#include "core/result.h"
#include "generate/own_key_check.h"
#include "history/idempotency_store.h"
#include "identity/auth_options.h"
#include "quota/embedded_ledger.h"
#include "quota/meter.h"

namespace graphrail::app {

/// The sign-in settings as the identity room reads them.
[[nodiscard]] identity::AuthSettings to_auth_settings(const config::Settings& settings);

/// Everything that guards; shared by all threads.
struct Guard {
  /// Stopped by the caller before the threads that wait for it end.
  std::shared_ptr<quota::EmbeddedLedger> ledger;
  std::shared_ptr<quota::Meter> meter;
  api::IdentificationParts identification;
  /// Null for no burst limit.
  std::shared_ptr<quota::BurstLimiter> burst_limiter;
  quota::BurstPolicy burst_policy;
  std::shared_ptr<history::IdempotencyStore> answers;
};

/// Opens the ledger and the kept answers in the data folder. Fails with store::StoreError, kInUse
/// when another process has the folder, and with what a setting's text is at fault for.
[[nodiscard]] core::Result<Guard> compose_guard(const config::Settings& settings,
                                                const ModelParts& parts);

/// The model as users reach it with keys of their own; both null where such keys are not taken.
struct OwnKeyModel {
  std::shared_ptr<extract::Extractor> extractor;
  std::shared_ptr<generate::OwnKeyCheck> check;
};
[[nodiscard]] core::Result<OwnKeyModel> compose_own_key_model(
    const config::Settings& settings, const ModelParts& parts,
    std::shared_ptr<quota::BurstLimiter> refusals);

}  // namespace graphrail::app

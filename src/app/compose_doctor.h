// The parts of `graphrail doctor` that contact someone: the model server, what answers on the port,
// the name resolver. Blocking; each has a deadline.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "app/doctor/local_checks.h"
#include "app/doctor/model_sight.h"
#include "config/settings.h"
#include "core/result.h"
#include "generate/audience.h"

namespace graphrail::app {

struct ProbeWish {
  /// Also read a text of MAX_CONTENT_CHARS.
  bool long_text = false;
  /// Told what is being done; may be null.
  std::shared_ptr<generate::Audience> audience;
};

/// Lists the models, then has a sample read as a text of a user would be. Fails when the settings
/// of the model cannot be used at all.
[[nodiscard]] core::Result<doctor::ModelSight> probe_model(const config::Settings& settings,
                                                           const ProbeWish& wish);

/// What answers at the address of `settings`: "graphrail 0.1.0", or empty.
[[nodiscard]] std::string ask_port_owner(const config::Settings& settings);

/// Resolves a public name as page fetching does; contacts the name server.
[[nodiscard]] doctor::Check check_resolver();

}  // namespace graphrail::app

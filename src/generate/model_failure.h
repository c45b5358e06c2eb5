// A failed model call in the use case's own errors.
#pragma once

#include "core/error.h"

namespace graphrail::generate {

/// LlmError values become kModelUnavailable or kModelDeclined with a reason (`model_timeout`,
/// `model_refused`); everything else stays as it is.
[[nodiscard]] core::Error to_model_failure(core::Error error);

}  // namespace graphrail::generate

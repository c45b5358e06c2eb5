// Judges what contacting the model server showed. Pure.
#pragma once

#include "app/doctor/check.h"
#include "app/doctor/model_sight.h"

namespace graphrail::app::doctor {

/// No model is configured: the rules engine answers.
[[nodiscard]] Check check_no_model();

/// "model server", "model key", "model name" and what a sample showed: "reading", "answer form",
/// "tokens", "long texts".
[[nodiscard]] Checks check_model(const ModelSight& sight);

/// The server counted far fewer tokens than the prompt must have: it left out a part.
[[nodiscard]] bool looks_cut(const CallSight& call) noexcept;

}  // namespace graphrail::app::doctor

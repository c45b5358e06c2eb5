// Judges how a model read the sample: what it found, in which form it answered, what it cost,
// whether its server cuts prompts. For readings without an error. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "app/doctor/check.h"
#include "app/doctor/model_sight.h"

namespace graphrail::app::doctor {

[[nodiscard]] Check check_reading(const ReadingSight& sight);
[[nodiscard]] Check check_form(const ReadingSight& sight);
[[nodiscard]] Check check_tokens(const ReadingSight& sight, const ModelSetting& setting);

/// Nothing when there is nothing to say: the default server, and no long text was asked for.
[[nodiscard]] std::optional<Check> check_long(const ReadingSight& sample,
                                              const std::optional<ReadingSight>& longest,
                                              const ModelSetting& setting);

/// "812 ms", "2.3 s".
[[nodiscard]] std::string describe_time(std::chrono::milliseconds time);

}  // namespace graphrail::app::doctor

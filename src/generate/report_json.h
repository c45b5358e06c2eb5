// An extraction's report as JSON text and back, for answers that are kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "extract/extractor.h"

namespace graphrail::generate {

[[nodiscard]] std::string write_report(const extract::ExtractionReport& report);

/// Nothing when the text is not what write_report wrote. Tokens and cost stay zero: a kept answer
/// costs nothing again.
[[nodiscard]] std::optional<extract::ExtractionReport> read_report(std::string_view json);

/// {"chunks","failed_chunks","chars_read","chars"}
[[nodiscard]] boost::json::object to_json(const extract::Coverage& coverage);
/// {"label","into","reason"}
[[nodiscard]] boost::json::object to_json(const extract::EntityMerge& merge);

}  // namespace graphrail::generate

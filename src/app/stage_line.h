// One line on the terminal that says what a generation is doing; silent where nobody looks.
#pragma once

#include <boost/json/object.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "generate/audience.h"

namespace graphrail::app {

/// Redrawn at most ten times a second, cleared when it goes. Safe from one thread at a time, as
/// audiences are told. `clock` must outlive it.
[[nodiscard]] std::shared_ptr<generate::Audience> make_stage_line(int descriptor,
                                                                  const core::Clock& clock);

/// "extracting: 2 of 9 parts read, 24 nodes, 31 edges" for an event of the stage; pure.
[[nodiscard]] std::string describe_stage(std::string_view name, const boost::json::object& detail,
                                         std::size_t nodes, std::size_t edges);

}  // namespace graphrail::app

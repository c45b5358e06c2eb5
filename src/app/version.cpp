#include "app/version.h"

namespace graphrail::app {

std::string_view version() noexcept { return GRAPHRAIL_VERSION; }

}  // namespace graphrail::app

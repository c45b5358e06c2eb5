// Server-sent events (WHATWG HTML section 9.2) over a streaming response.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "http/message.h"

namespace graphrail::http {

/// One event in wire form: "id: 3\nevent: node\ndata: {…}\n\n". `data` may hold line breaks.
[[nodiscard]] std::string format_event(std::uint64_t id, std::string_view event,
                                       std::string_view data);

/// A comment line that keeps proxies from closing an idle stream.
[[nodiscard]] std::string format_comment(std::string_view text);

/// A 200 text/event-stream response whose body `producer` writes; caching and proxy buffering off.
[[nodiscard]] Response make_event_stream_response(StreamProducer producer);

}  // namespace graphrail::http

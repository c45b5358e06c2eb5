// What hostile servers do to a reader: bodies without end, bombs, drips, floods, silence.
#pragma once

#include "support/origin/origin.h"

namespace graphrail::test_support {

/// Chunks of 64 KiB until the client leaves.
[[nodiscard]] OriginScript endless_chunks();
/// A gzip body of about 50 kB that unpacks to 50 MB.
[[nodiscard]] OriginScript gzip_bomb();
/// A whole head, then one byte of body every 20 ms.
[[nodiscard]] OriginScript drip_body();
/// One byte of the head every 20 ms.
[[nodiscard]] OriginScript drip_head();
/// Header fields without end.
[[nodiscard]] OriginScript header_flood();
/// `bytes` of body as fast as they go, then one byte every 20 ms: holds on to memory.
[[nodiscard]] OriginScript rush_then_drip(std::size_t bytes);
/// Nothing.
[[nodiscard]] OriginScript silence();

}  // namespace graphrail::test_support

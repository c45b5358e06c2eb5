// Memory for libcurl that is wiped before it is given back: libcurl copies header lines, keys among
// them, into buffers of its own, and nothing else could reach those. Safe from any thread.
#pragma once

#include <cstdint>

namespace graphrail::net {

/// Initialises libcurl once for the process, with the wiping memory functions. Every use of libcurl
/// comes after it; throws std::runtime_error when libcurl refuses.
void initialize_curl();

/// Blocks wiped so far, for tests.
[[nodiscard]] std::uint64_t wiped_curl_blocks() noexcept;

}  // namespace graphrail::net

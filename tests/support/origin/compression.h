// Long runs of zeros, packed: the bodies of decompression bombs, made without holding them
// unpacked.
#pragma once

#include <cstddef>
#include <string>

namespace graphrail::test_support {

enum class Packing { kGzip, kZlib, kRawDeflate };

/// `count` zero bytes, packed about 1:1000.
[[nodiscard]] std::string pack_zeros(std::size_t count, Packing packing);

}  // namespace graphrail::test_support

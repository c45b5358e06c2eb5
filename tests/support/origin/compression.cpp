#include "support/origin/compression.h"

#include <zlib.h>

#include <algorithm>
#include <stdexcept>

namespace graphrail::test_support {
namespace {

int window_bits(Packing packing) {
  switch (packing) {
    case Packing::kGzip:
      return 15 + 16;
    case Packing::kZlib:
      return 15;
    case Packing::kRawDeflate:
      break;
  }
  return -15;
}

}  // namespace

std::string pack_zeros(std::size_t count, Packing packing) {
  z_stream stream{};
  if (deflateInit2(&stream, 9, Z_DEFLATED, window_bits(packing), 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("compression: deflateInit2");
  }
  std::string zeros(64 * 1024, '\0');
  std::string buffer(64 * 1024, '\0');
  std::string out;
  int rc = Z_OK;
  while (rc != Z_STREAM_END) {
    const std::size_t piece = std::min(count, zeros.size());
    count -= piece;
    stream.next_in = reinterpret_cast<Bytef*>(zeros.data());
    stream.avail_in = static_cast<uInt>(piece);
    do {
      stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
      stream.avail_out = static_cast<uInt>(buffer.size());
      rc = deflate(&stream, count == 0 ? Z_FINISH : Z_NO_FLUSH);
      out.append(buffer.data(), buffer.size() - stream.avail_out);
    } while (stream.avail_out == 0);
  }
  deflateEnd(&stream);
  return out;
}

}  // namespace graphrail::test_support

#include "net/curl_memory.h"

#include <curl/curl.h>
#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace graphrail::net {
namespace {

std::atomic<std::uint64_t> wiped_blocks = 0;

void wipe_and_free(void* block) {
  if (block == nullptr) return;
  explicit_bzero(block, malloc_usable_size(block));
  wiped_blocks.fetch_add(1, std::memory_order_relaxed);
  std::free(block);
}

/// The C library's own realloc would leave the old bytes behind where it moves a block.
void* wipe_and_resize(void* block, std::size_t bytes) {
  if (bytes == 0) {
    wipe_and_free(block);
    return nullptr;
  }
  void* moved = std::calloc(1, bytes);
  if (moved == nullptr || block == nullptr) return moved;
  std::memcpy(moved, block, std::min(bytes, malloc_usable_size(block)));
  wipe_and_free(block);
  return moved;
}

}  // namespace

void initialize_curl() {
  static const CURLcode code = curl_global_init_mem(
      CURL_GLOBAL_DEFAULT, &std::malloc, &wipe_and_free, &wipe_and_resize, &strdup, &std::calloc);
  if (code != CURLE_OK) throw std::runtime_error("libcurl could not be initialised");
}

std::uint64_t wiped_curl_blocks() noexcept { return wiped_blocks; }

}  // namespace graphrail::net

// Where an issuer's key set comes from: a URL or a file. Implementations only fetch the text; what
// is in it, how long it is good for and how often it is asked for is issuer_keys.h.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "core/result.h"
#include "core/work_pool.h"
#include "net/url.h"

namespace graphrail::identity {

class KeySource {
 public:
  virtual ~KeySource() = default;
  /// The JSON text of the key set, at most kMaxKeySetBytes (jwks.h). Fails with kKeysUnavailable.
  /// Ends in bounded time. Safe from any thread.
  virtual boost::asio::awaitable<core::Result<std::string>> fetch() = 0;
};

struct HttpAnswer {
  int status = 0;
  std::string body;
};

/// A GET with a deadline of its own, redirects not followed, failing above `max_body_bytes`.
using HttpGet = std::function<boost::asio::awaitable<core::Result<HttpAnswer>>(
    net::Url url, std::size_t max_body_bytes)>;

/// Asks `url` each time; anything but 200 is a failure.
[[nodiscard]] std::shared_ptr<KeySource> make_http_key_source(net::Url url, HttpGet get);

/// Reads the file each time, on the pool: replacing the file rotates the keys.
[[nodiscard]] std::shared_ptr<KeySource> make_file_key_source(std::string path,
                                                              std::shared_ptr<core::WorkPool> pool);

}  // namespace graphrail::identity

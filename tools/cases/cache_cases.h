// Fetch cases about the page cache: the real reader, cache and fetcher over a scripted server, with
// a wall clock that the case moves.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>

#include "cases/case_file.h"

namespace graphrail::cases {

/// One case under way; the object must live until `context` has run out.
class CacheRun {
 public:
  virtual ~CacheRun() = default;
  /// What is wrong; empty means right. Call when the context has run out.
  [[nodiscard]] virtual std::string complaints() const = 0;
};

/// Starts the case on `context`.
[[nodiscard]] std::unique_ptr<CacheRun> start_cache_case(const Case& item,
                                                         boost::asio::io_context& context);

}  // namespace graphrail::cases

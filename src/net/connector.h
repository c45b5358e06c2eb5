// The last word on where a connection goes. Production code uses none: libcurl dials the vetted
// address. Tests route vetted public addresses to a server on loopback and record what was dialled.
#pragma once

#include <boost/asio/ip/tcp.hpp>

namespace graphrail::net {

class Connector {
 public:
  virtual ~Connector() = default;
  /// Called once per connection attempt, after the address guard has let `vetted` pass; returns the
  /// endpoint to dial. Runs inside libcurl: must not block or throw.
  virtual boost::asio::ip::tcp::endpoint route(const boost::asio::ip::tcp::endpoint& vetted) = 0;
};

}  // namespace graphrail::net

#include "app/sd_notify.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/datagram_protocol.hpp>
#include <string>

namespace graphrail::app {
namespace {

using boost::asio::local::datagram_protocol;

std::string receive(datagram_protocol::socket& socket) {
  std::string text(64, '\0');
  text.resize(socket.receive(boost::asio::buffer(text)));
  return text;
}

TEST(SdNotify, ReachesASocketInTheFileSystemAndAnAbstractOne) {
  boost::asio::io_context context;
  const std::string name = "graphrail-notify-" + std::to_string(getpid());
  const std::string path = testing::TempDir() + name;
  datagram_protocol::socket in_files(context, datagram_protocol::endpoint(path));
  EXPECT_TRUE(send_notification(path, "READY=1"));
  EXPECT_EQ(receive(in_files), "READY=1");
  unlink(path.c_str());

  datagram_protocol::socket abstract(context,
                                     datagram_protocol::endpoint(std::string(1, '\0') + name));
  EXPECT_TRUE(send_notification("@" + name, "STOPPING=1"));
  EXPECT_EQ(receive(abstract), "STOPPING=1");
}

TEST(SdNotify, NobodyListeningIsNoFailureOfOurs) {
  EXPECT_FALSE(send_notification("/nowhere/at/all", "READY=1"));
  EXPECT_FALSE(send_notification("", "READY=1"));
  EXPECT_FALSE(send_notification(std::string(500, 'x'), "READY=1"));
}

}  // namespace
}  // namespace graphrail::app

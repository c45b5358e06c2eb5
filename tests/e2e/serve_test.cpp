// `graphrail serve`: starting, answering, stopping by signals.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <boost/asio/buffers_iterator.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/datagram_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>
#include <csignal>

#include "e2e/process.h"

namespace graphrail::e2e {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using testing::HasSubstr;
using testing::StartsWith;

/// A server on a free port that has said that it listens.
class RunningServer {
 public:
  explicit RunningServer(std::vector<std::string> environment = {}) : process_(start(environment)) {
    const std::string line = process_.wait_for_line("\"listening\"");
    if (line.empty()) throw std::runtime_error("the server did not start");
    port_ = static_cast<std::uint16_t>(boost::json::parse(line).at("port").to_number<int>());
  }

  Process& process() { return process_; }
  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

 private:
  static Start start(std::vector<std::string> environment) {
    return {.arguments = {"serve", "--port", "0", "--log-format", "json"},
            .environment = std::move(environment)};
  }

  Process process_;
  std::uint16_t port_ = 0;
};

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(context_) {
    socket_.connect({asio::ip::address_v4::loopback(), port});
    // A server that hangs fails the test instead of stopping it.
    const timeval limit{.tv_sec = 30, .tv_usec = 0};
    setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  }

  void send(std::string_view text) { asio::write(socket_, asio::buffer(text)); }

  /// The head of the next response; the body stays in the buffer.
  std::string read_head() {
    boost::system::error_code error;
    const std::size_t size = asio::read_until(socket_, buffer_, "\r\n\r\n", error);
    std::string head(asio::buffers_begin(buffer_.data()),
                     asio::buffers_begin(buffer_.data()) + static_cast<std::ptrdiff_t>(size));
    buffer_.consume(size);
    return head;
  }

  std::string read_to_end() {
    boost::system::error_code error;
    asio::read(socket_, buffer_, error);
    return {asio::buffers_begin(buffer_.data()), asio::buffers_end(buffer_.data())};
  }

 private:
  asio::io_context context_;
  tcp::socket socket_;
  asio::streambuf buffer_;
};

std::string get(std::uint16_t port, const std::string& path) {
  Client client(port);
  client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  return client.read_to_end();
}

bool can_connect(std::uint16_t port) {
  asio::io_context context;
  tcp::socket socket(context);
  boost::system::error_code error;
  socket.connect({asio::ip::address_v4::loopback(), port}, error);
  return !error;
}

constexpr std::string_view kBody =
    R"({"input":"Tidewise has raised $12 million in a Series A led by Lantern Peak Ventures."})";

std::string generate_head() {
  return "POST /api/generate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
         "Content-Length: " +
         std::to_string(kBody.size()) + "\r\n\r\n";
}

TEST(Serve, AnswersAndEndsOnEitherSignal) {
  for (const int signal_number : {SIGTERM, SIGINT}) {
    RunningServer server;
    EXPECT_THAT(get(server.port(), "/livez"), StartsWith("HTTP/1.1 200 "));
    EXPECT_THAT(get(server.port(), "/readyz"), StartsWith("HTTP/1.1 200 "));
    server.process().send_signal(signal_number);
    const Outcome outcome = server.process().wait();
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(outcome.out, "");
  }
}

TEST(Serve, KeepsGraphsOverARestart) {
  const TemporaryFolder folder;
  const std::string data = "DATA_DIR=" + folder.file("kept");
  std::string session;
  {
    RunningServer server({data});
    Client client(server.port());
    client.send(generate_head() + std::string(kBody));
    EXPECT_THAT(client.read_head(), StartsWith("HTTP/1.1 200 "));
    server.process().send_signal(SIGTERM);
    session = boost::json::parse(client.read_to_end()).at("meta").at("session_id").as_string();
    EXPECT_EQ(server.process().wait().exit_code, 0);
  }
  RunningServer server({data});
  EXPECT_THAT(get(server.port(), "/api/generate/session/" + session), StartsWith("HTTP/1.1 200 "));
}

TEST(Serve, LetsARunningRequestFinishWhileNobodyNewGetsIn) {
  RunningServer server;
  Client client(server.port());
  client.send(generate_head() + std::string(kBody.substr(0, 10)));
  // Answered after the bytes above were sent, so the server has had them offered.
  EXPECT_THAT(get(server.port(), "/livez"), StartsWith("HTTP/1.1 200 "));
  server.process().send_signal(SIGTERM);
  ASSERT_FALSE(server.process().wait_for_line("\"stopping\"").empty());
  // The listener closes a moment after the line is written.
  for (int tries = 0; tries < 100'000 && can_connect(server.port()); ++tries) {
  }
  EXPECT_FALSE(can_connect(server.port()));
  EXPECT_TRUE(server.process().is_running());
  client.send(kBody.substr(10));
  EXPECT_THAT(client.read_head(), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(client.read_to_end(), HasSubstr("\"graph\""));
  EXPECT_EQ(server.process().wait().exit_code, 0);
}

TEST(Serve, ASecondSignalEndsItAtOnce) {
  RunningServer server;
  Client client(server.port());
  client.send(generate_head() + std::string(kBody.substr(0, 10)));
  EXPECT_THAT(get(server.port(), "/livez"), StartsWith("HTTP/1.1 200 "));
  server.process().send_signal(SIGTERM);
  ASSERT_FALSE(server.process().wait_for_line("\"stopping\"").empty());
  server.process().send_signal(SIGTERM);
  EXPECT_EQ(server.process().wait(std::chrono::seconds(5)).signal, SIGTERM);
}

TEST(Serve, CutsRequestsOffWhenTheGraceIsOver) {
  RunningServer server({"SHUTDOWN_GRACE_SECONDS=0"});
  Client client(server.port());
  client.send(generate_head() + std::string(kBody.substr(0, 10)));
  EXPECT_THAT(get(server.port(), "/livez"), StartsWith("HTTP/1.1 200 "));
  server.process().send_signal(SIGTERM);
  EXPECT_EQ(server.process().wait(std::chrono::seconds(10)).exit_code, 0);
}

TEST(Serve, TellsTheServiceManagerWhereItIs) {
  const TemporaryFolder folder;
  asio::io_context context;
  asio::local::datagram_protocol::socket socket(
      context, asio::local::datagram_protocol::endpoint(folder.file("notify")));
  const auto receive = [&socket] {
    std::string text(64, '\0');
    text.resize(socket.receive(asio::buffer(text)));
    return text;
  };
  RunningServer server({"NOTIFY_SOCKET=" + folder.file("notify")});
  EXPECT_EQ(receive(), "READY=1");
  server.process().send_signal(SIGTERM);
  EXPECT_EQ(receive(), "STOPPING=1");
  EXPECT_EQ(server.process().wait().exit_code, 0);
}

TEST(Serve, ATakenPortEndsWithFour) {
  const RunningServer server;
  const Outcome outcome = run({.arguments = {"serve", "--port", std::to_string(server.port())}});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err, HasSubstr("graphrail: cannot start: "));
  EXPECT_THAT(outcome.err, HasSubstr(std::to_string(server.port())));
}

TEST(Serve, AStoreThatCannotBeOpenedEndsWithFour) {
  const TemporaryFolder folder;
  const std::string file = folder.write("not-a-folder", "x");
  const Outcome outcome =
      run({.arguments = {"serve", "--port", "0"}, .environment = {"DATA_DIR=" + file}});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err, HasSubstr("not-a-folder"));
}

}  // namespace
}  // namespace graphrail::e2e

// One HTTP request and one response as handlers see them: plain values, no parser or socket in
// sight. A request lives until its response has been written.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/address.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/client_presence.h"
#include "http/secret_fields.h"

namespace graphrail::http {

enum class Method { kGet, kHead, kPost, kPut, kPatch, kDelete, kOptions, kOther };

/// The method's name as it stands on the wire; "OTHER" for kOther.
[[nodiscard]] std::string_view to_string(Method method) noexcept;

/// Field names compare without case (RFC 9110 section 5.1).
[[nodiscard]] bool equal_field_names(std::string_view left, std::string_view right) noexcept;

/// Fields that many responses carry unchanged: made once and kept in wire form, so that a response
/// takes them by reference.
class FieldBlock {
 public:
  using List = std::vector<std::pair<std::string, std::string>>;

  explicit FieldBlock(List fields);
  [[nodiscard]] const List& list() const noexcept { return list_; }
  /// "Name: value\r\n" for every field, in order.
  [[nodiscard]] std::string_view wire() const noexcept { return wire_; }

 private:
  List list_;
  std::string wire_;
};

/// Header fields in arrival order, plus at most one shared block; a field of the same name in the
/// list takes the place of the block's.
class Fields {
 public:
  void add(std::string name, std::string value) {
    list_.emplace_back(std::move(name), std::move(value));
  }
  /// Replaces every field of that name.
  void set(std::string name, std::string value);
  /// Takes the place of any block given before.
  void share(std::shared_ptr<const FieldBlock> block) noexcept { block_ = std::move(block); }
  [[nodiscard]] const FieldBlock* shared() const noexcept { return block_.get(); }
  /// Forgets everything but keeps the memory.
  void clear() noexcept {
    list_.clear();
    block_.reset();
  }
  /// First value of that name, empty when absent.
  [[nodiscard]] std::string_view get(std::string_view name) const noexcept;
  [[nodiscard]] bool has(std::string_view name) const noexcept;
  /// Every value of that name, in order.
  [[nodiscard]] std::vector<std::string_view> get_all(std::string_view name) const;
  /// The fields that are this message's own, without the shared block.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& list() const noexcept {
    return list_;
  }

 private:
  std::vector<std::pair<std::string, std::string>> list_;
  std::shared_ptr<const FieldBlock> block_;
};

/// What a middleware found out about a request, for the handlers behind it. The server passes it on
/// without looking; who derives from it knows its type.
struct RequestNote {
  virtual ~RequestNote() = default;
};

/// A request whose head and body have been read completely and within the limits.
struct Request {
  Method method = Method::kOther;
  /// Decoded path without the query, always starting with "/".
  std::string path;
  /// Raw query without "?", may be empty.
  std::string query;
  Fields headers;
  /// The fields that ServerOptions::secret_fields names; they are not among `headers`.
  SecretFields secrets;
  std::string body;
  /// Address of the socket's peer; behind a proxy that is the proxy.
  boost::asio::ip::address peer;
  /// Accepted from X-Request-Id when well-formed, else made here; echoed in the response.
  std::string request_id;
  /// Values of the route's {placeholders}, filled by the router: {"id", "…"}.
  std::vector<std::pair<std::string, std::string>> path_parameters;
  /// The route's template ("/api/generate/session/{id}"), "" when no route matched: the only form
  /// of the path that may become a metric label.
  std::string_view route;
  /// Left by a middleware; null where none did.
  std::shared_ptr<const RequestNote> note;
  /// Tells when the client leaves before it has its answer, so that costly work can stop. Null for
  /// requests that did not come over a connection.
  std::shared_ptr<ClientPresence> client;

  [[nodiscard]] bool is_client_gone() const noexcept { return client && client->is_gone(); }
  [[nodiscard]] std::string_view path_parameter(std::string_view name) const noexcept;
  /// Back to an empty request; keeps small buffers for the next one.
  void clear() noexcept;
};

/// Writes the body of a streaming response. Write returns false once the client is gone or the
/// server stops; the producer then returns as soon as it can.
class StreamWriter {
 public:
  virtual ~StreamWriter() = default;
  virtual boost::asio::awaitable<bool> write(std::string chunk) = 0;
  /// True once the client has left; set without a write, by watching the socket.
  [[nodiscard]] virtual bool is_closed() const noexcept = 0;
};

/// Produces a streaming body. The writer outlives the call.
using StreamProducer =
    std::function<boost::asio::awaitable<void>(std::shared_ptr<StreamWriter> writer)>;

struct Response {
  int status = 200;
  Fields headers;
  std::string body;
  /// Body shared by many responses (embedded files, constant answers); used when set, not copied.
  std::shared_ptr<const std::string> shared_body;
  /// When set the response is sent chunked, `body` is ignored, and the call ends the response.
  StreamProducer stream;

  [[nodiscard]] std::string_view body_view() const noexcept {
    return shared_body ? std::string_view(*shared_body) : std::string_view(body);
  }
};

/// A response with that body and content type.
[[nodiscard]] Response make_response(int status, std::string content_type, std::string body);

/// Answers a request. Called on an I/O thread: nothing in it may block.
using Handler = std::function<boost::asio::awaitable<Response>(std::shared_ptr<Request> request)>;

}  // namespace graphrail::http

#include "identity/key_source.h"

#include <fstream>
#include <utility>

#include "identity/identity_error.h"
#include "identity/jwks.h"

namespace graphrail::identity {
namespace {

using Text = core::Result<std::string>;

class HttpKeySource final : public KeySource {
 public:
  HttpKeySource(net::Url url, HttpGet get) : url_(std::move(url)), get_(std::move(get)) {}

  boost::asio::awaitable<Text> fetch() override {
    auto getting = get_(url_, kMaxKeySetBytes);
    core::Result<HttpAnswer> answer = co_await std::move(getting);
    if (!answer) {
      co_return fail_identity(IdentityError::kKeysUnavailable,
                              url_.to_string() + ": " + answer.error().code().message() + "; " +
                                  answer.error().private_cause());
    }
    if (answer->status != 200 || answer->body.size() > kMaxKeySetBytes) {
      co_return fail_identity(IdentityError::kKeysUnavailable,
                              url_.to_string() + ": status " + std::to_string(answer->status) +
                                  ", " + std::to_string(answer->body.size()) + " bytes");
    }
    co_return std::move(answer->body);
  }

 private:
  net::Url url_;
  HttpGet get_;
};

Text read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kMaxKeySetBytes + 1, '\0');
  if (file) file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.empty() || text.size() > kMaxKeySetBytes) {
    return fail_identity(IdentityError::kKeysUnavailable,
                         path + ": cannot be read, is empty or too large");
  }
  return text;
}

class FileKeySource final : public KeySource {
 public:
  FileKeySource(std::string path, std::shared_ptr<core::WorkPool> pool)
      : path_(std::move(path)), pool_(std::move(pool)) {}

  boost::asio::awaitable<Text> fetch() override {
    const auto read = [path = path_] { return read_file(path); };
    auto reading = pool_->run(read);
    core::Result<Text> text = co_await std::move(reading);
    if (!text) co_return fail_identity(IdentityError::kKeysUnavailable, "work queue full");
    co_return std::move(*text);
  }

 private:
  std::string path_;
  std::shared_ptr<core::WorkPool> pool_;
};

}  // namespace

std::shared_ptr<KeySource> make_http_key_source(net::Url url, HttpGet get) {
  return std::make_shared<HttpKeySource>(std::move(url), std::move(get));
}

std::shared_ptr<KeySource> make_file_key_source(std::string path,
                                                std::shared_ptr<core::WorkPool> pool) {
  return std::make_shared<FileKeySource>(std::move(path), std::move(pool));
}

}  // namespace graphrail::identity

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <utility>

#include "http/middlewares.h"
#include "observe/request_id.h"

namespace graphrail::http {
namespace {

/// Draws from the system's generator in blocks: one draw for each id would cost a tenth of an
/// answer's whole time.
class BlockRandom final : public core::Random {
 public:
  explicit BlockRandom(std::shared_ptr<core::Random> source) : source_(std::move(source)) {}

  void fill(std::span<std::uint8_t> bytes) override {
    Shard& shard = shards_[std::hash<std::thread::id>{}(std::this_thread::get_id()) % kShards];
    const std::scoped_lock lock(shard.mutex);
    if (shard.used + bytes.size() > shard.block.size()) {
      source_->fill(shard.block);
      shard.used = 0;
    }
    std::ranges::copy_n(shard.block.begin() + static_cast<std::ptrdiff_t>(shard.used),
                        static_cast<std::ptrdiff_t>(bytes.size()), bytes.begin());
    shard.used += bytes.size();
  }

 private:
  static constexpr std::size_t kShards = 16;
  static constexpr std::size_t kBlockBytes = 1024;
  struct alignas(64) Shard {
    std::mutex mutex;
    std::size_t used = kBlockBytes;
    std::array<std::uint8_t, kBlockBytes> block{};
  };
  std::shared_ptr<core::Random> source_;
  std::array<Shard, kShards> shards_;
};

class RequestIdMiddleware final : public Middleware {
 public:
  explicit RequestIdMiddleware(std::shared_ptr<core::Random> random) : random_(std::move(random)) {}

  boost::asio::awaitable<Response> handle(std::shared_ptr<Request> request,
                                          const Handler& next) override {
    if (request->request_id.empty()) {
      request->request_id =
          observe::accept_or_make_request_id(request->headers.get("X-Request-Id"), random_);
    }
    Response response = co_await next(request);
    response.headers.set("X-Request-Id", request->request_id);
    co_return response;
  }

 private:
  BlockRandom random_;
};

}  // namespace

std::shared_ptr<Middleware> make_request_id_middleware(std::shared_ptr<core::Random> random) {
  return std::make_shared<RequestIdMiddleware>(std::move(random));
}

}  // namespace graphrail::http

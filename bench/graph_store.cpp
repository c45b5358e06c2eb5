// USES: history core
// What saving and finding one graph of ordinary size costs in the embedded store, work pool and
// coroutine included: one caller after the other, so this is latency, not throughput.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "core/random.h"
#include "history/sqlite_graph_store.h"

namespace graphrail::history {
namespace {

template <class T>
T await(boost::asio::awaitable<T> coroutine) {
  boost::asio::io_context context;
  auto future = boost::asio::co_spawn(context, std::move(coroutine), boost::asio::use_future);
  context.run();
  return future.get();
}

/// A store in a new file, removed at the end.
class StoreInFolder {
 public:
  StoreInFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "graphrail-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    folder_ = name;
    SqliteGraphStoreOptions options;
    options.file = folder_ / "graphrail.db";
    store_ = make_sqlite_graph_store(options, std::make_shared<core::WorkPool>(2U, 100U),
                                     std::make_shared<core::SystemClock>())
                 .value();
  }
  ~StoreInFolder() {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  StoreInFolder(const StoreInFolder&) = delete;
  StoreInFolder& operator=(const StoreInFolder&) = delete;

  GraphStore& operator*() { return *store_; }

 private:
  std::filesystem::path folder_;
  std::shared_ptr<GraphStore> store_;
};

/// 20 nodes, 30 edges and a text of 4,000 characters.
SavedGraph make_graph(core::Random& random) {
  SavedGraph saved;
  saved.session_id = core::random_hex(random, 16);
  saved.title = "Nova raises two million";
  saved.meta_json = R"({"engine":"rules"})";
  saved.source_text.assign(4'000, 'x');
  for (int i = 0; i < 20; ++i) {
    saved.graph.nodes.push_back({fmt::format("node-{}", i),
                                 fmt::format("Node {}", i),
                                 "Investor",
                                 {},
                                 {{"stage", "seed"}}});
  }
  for (int i = 0; i < 30; ++i) {
    saved.graph.edges.push_back({fmt::format("node-{}", i % 20),
                                 fmt::format("node-{}", (i + 7) % 20),
                                 "CO_INVESTED",
                                 {{"a sentence that proves the relation", 10, 45}}});
  }
  saved.expires_at = 4'000'000'000;
  return saved;
}

void save(benchmark::State& state) {
  StoreInFolder store;
  const auto random = core::make_seeded_random(1);
  for (auto _ : state) {
    auto graph = std::make_shared<const SavedGraph>(make_graph(*random));
    if (!await((*store).save(std::move(graph)))) state.SkipWithError("save failed");
  }
}
BENCHMARK(save)->UseRealTime();

void find(benchmark::State& state) {
  StoreInFolder store;
  const auto random = core::make_seeded_random(1);
  std::string session_id;
  for (int i = 0; i < 1'000; ++i) {
    auto graph = std::make_shared<const SavedGraph>(make_graph(*random));
    session_id = graph->session_id;
    if (!await((*store).save(std::move(graph)))) state.SkipWithError("save failed");
  }
  for (auto _ : state) {
    if (!await((*store).find(session_id))) state.SkipWithError("find failed");
  }
}
BENCHMARK(find)->UseRealTime();

}  // namespace
}  // namespace graphrail::history

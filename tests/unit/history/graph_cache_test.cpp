#include "history/graph_cache.h"

#include <gtest/gtest.h>

#include "support/await.h"

namespace graphrail::history {
namespace {

std::shared_ptr<const CachedGraph> make_graph(std::string label, std::int64_t made_at) {
  auto graph = std::make_shared<CachedGraph>();
  graph->graph.nodes.push_back({.id = "a", .label = std::move(label), .type = "Project"});
  graph->made_at = made_at;
  return graph;
}

class GraphCacheTest : public testing::Test {
 protected:
  void save(std::string key, std::shared_ptr<const CachedGraph> graph) {
    test::await([](std::shared_ptr<GraphCache> cache, std::string name,
                   std::shared_ptr<const CachedGraph> kept) -> boost::asio::awaitable<int> {
      auto saving = cache->save(std::move(name), std::move(kept));
      co_await std::move(saving);
      co_return 0;
    }(cache_, std::move(key), std::move(graph)));
  }
  std::shared_ptr<const CachedGraph> find(std::string key) {
    return test::await(cache_->find(std::move(key)));
  }

  std::shared_ptr<core::ManualClock> clock_ = std::make_shared<core::ManualClock>(1'000);
  std::shared_ptr<GraphCache> cache_ = make_memory_graph_cache(5'000, 60, clock_);
};

TEST_F(GraphCacheTest, GivesWhatWasSavedUntilItIsTooOld) {
  save("k", make_graph("Tidewell", 1'000));
  EXPECT_EQ(find("k")->graph.nodes.at(0).label, "Tidewell");
  EXPECT_EQ(find("other"), nullptr);
  clock_->advance(std::chrono::seconds(59));
  EXPECT_NE(find("k"), nullptr);
  clock_->advance(std::chrono::seconds(1));
  EXPECT_EQ(find("k"), nullptr);
}

TEST_F(GraphCacheTest, ALaterGraphReplacesAnEarlierOne) {
  save("k", make_graph("One", 1'000));
  save("k", make_graph("Two", 1'000));
  EXPECT_EQ(find("k")->graph.nodes.at(0).label, "Two");
}

TEST_F(GraphCacheTest, TheGraphThatWasUsedLongestAgoGoesFirst) {
  const std::string wide(1'500, 'x');
  save("a", make_graph(wide, 1'000));
  save("b", make_graph(wide, 1'000));
  EXPECT_NE(find("a"), nullptr);
  save("c", make_graph(wide, 1'000));
  EXPECT_NE(find("a"), nullptr);
  EXPECT_EQ(find("b"), nullptr);
  EXPECT_NE(find("c"), nullptr);
}

TEST_F(GraphCacheTest, WhatNeverFitsIsNotKept) {
  save("a", make_graph("small", 1'000));
  save("k", make_graph(std::string(10'000, 'x'), 1'000));
  EXPECT_EQ(find("k"), nullptr);
  EXPECT_NE(find("a"), nullptr);
}

TEST_F(GraphCacheTest, AGraphFromTheFutureIsNotTrusted) {
  save("k", make_graph("x", 2'000));
  EXPECT_EQ(find("k"), nullptr);
}

TEST_F(GraphCacheTest, ALifetimeOfZeroKeepsNothing) {
  cache_ = make_memory_graph_cache(5'000, 0, clock_);
  save("k", make_graph("x", 1'000));
  EXPECT_EQ(find("k"), nullptr);
}

}  // namespace
}  // namespace graphrail::history

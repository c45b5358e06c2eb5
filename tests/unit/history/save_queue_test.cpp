// Saves that come together are written together.
#include "history/save_queue.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "store/data_file.h"
#include "support/temporary_folder.h"

namespace graphrail::history {
namespace {

class SaveQueueTest : public testing::Test {
 protected:
  store::Database open() {
    return store::open_data_file(folder_ / "graphrail.db", std::chrono::milliseconds(0)).value();
  }
  std::int64_t rows() { return open().query_int64("SELECT count(*) FROM graphs").value_or(-1); }
  static std::shared_ptr<const SavedGraph> graph(int number) {
    auto saved = std::make_shared<SavedGraph>();
    saved->session_id = "session-" + std::to_string(number);
    saved->meta_json = "{}";
    saved->created_at = 1;
    return saved;
  }

  test::TemporaryFolder folder_;
  SaveQueue queue_{GraphWriter::make(open()).value()};
};

TEST_F(SaveQueueTest, WritesForAllThatWait) {
  std::vector<std::shared_ptr<SaveQueue::Save>> saves;
  for (int i = 0; i < 40; ++i) saves.push_back(queue_.add(graph(i)));
  EXPECT_TRUE(queue_.finish(saves.front(), 1));
  EXPECT_TRUE(saves[31]->outcome);
  EXPECT_FALSE(saves[32]->outcome);
  EXPECT_EQ(rows(), 32);
  EXPECT_TRUE(queue_.finish(saves.back(), 1));
  EXPECT_EQ(rows(), 40);
  for (const auto& save : saves) EXPECT_TRUE(queue_.finish(save, 1));
}

TEST_F(SaveQueueTest, DoesNotWriteWhatHasLeftTheLine) {
  const auto first = queue_.add(graph(1));
  const auto second = queue_.add(graph(2));
  queue_.remove(first);
  EXPECT_TRUE(queue_.finish(second, 1));
  EXPECT_EQ(rows(), 1);
  EXPECT_FALSE(queue_.finish(first, 1));
}

TEST_F(SaveQueueTest, TellsEachWhyNothingCouldBeWritten) {
  store::Database other = open();
  {
    auto held = store::Transaction::begin(other);
    const auto first = queue_.add(graph(1));
    const auto second = queue_.add(graph(2));
    EXPECT_TRUE(queue_.finish(first, 1).error().is(store::StoreError::kBusy));
    EXPECT_TRUE(queue_.finish(second, 1).error().is(store::StoreError::kBusy));
  }
  EXPECT_TRUE(queue_.finish(queue_.add(graph(1)), 1));
}

TEST_F(SaveQueueTest, AGraphThatCannotBeSavedDoesNotSpoilTheOthers) {
  ASSERT_TRUE(
      open().execute("CREATE TRIGGER t BEFORE INSERT ON graphs WHEN NEW.session_id = 'session-2' "
                     "BEGIN SELECT RAISE(ABORT, 'no'); END"));
  std::vector<std::shared_ptr<SaveQueue::Save>> saves;
  for (int i = 1; i <= 3; ++i) saves.push_back(queue_.add(graph(i)));
  EXPECT_TRUE(queue_.finish(saves[0], 1));
  EXPECT_FALSE(queue_.finish(saves[1], 1));
  EXPECT_TRUE(queue_.finish(saves[2], 1));
  EXPECT_EQ(rows(), 2);
}

TEST_F(SaveQueueTest, ServesSeveralThreads) {
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([this, thread] {
      for (int i = 0; i < 25; ++i) {
        EXPECT_TRUE(queue_.finish(queue_.add(graph(100 * thread + i)), 1));
      }
    });
  }
  threads.clear();
  EXPECT_EQ(rows(), 100);
}

}  // namespace
}  // namespace graphrail::history

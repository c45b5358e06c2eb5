// What every GraphStore must do, whichever database is behind it. An implementation joins by
// instantiating the suite with a fixture type that has `static std::unique_ptr<Fixture> make()`,
// `GraphStore& store()` and `core::ManualClock& clock()`; the store is empty at the start.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "core/clock.h"
#include "core/random.h"
#include "history/graph_store.h"
#include "support/await.h"

namespace graphrail::history {

template <class Fixture>
class GraphStoreContract : public testing::Test {
 protected:
  core::Result<void> save(SavedGraph graph) {
    return test::await(store().save(std::make_shared<const SavedGraph>(std::move(graph))));
  }
  core::Result<SavedGraph> find(const std::string& session_id) {
    return test::await(store().find(session_id));
  }
  GraphStore& store() { return fixture_->store(); }
  core::ManualClock& clock() { return fixture_->clock(); }

  /// A graph with every field set, that lives for `lifetime_seconds` from now.
  SavedGraph sample(std::int64_t lifetime_seconds = 60) {
    SavedGraph saved;
    saved.session_id = core::random_hex(*random_, 16);
    saved.title = "Nøva raises — \"now\"";
    saved.source_url = "https://example.com/nova?a=1&b='2'";
    saved.graph.nodes.push_back({"nova", "Nøva", "Project", {"Nova Labs"}, {{"chain", "none"}}});
    saved.graph.nodes.push_back({"nova-seed", "Nova Seed", "Round", {}, {{"amount", 500'000}}});
    saved.graph.edges.push_back({"nova", "nova-seed", "RAISED", {{"Nøva raised", 0, 11}}});
    saved.meta_json = R"({"engine":"rules"})";
    saved.source_text = std::string("Nøva raised \0 500k\r\n😀", 23);
    saved.created_at = clock().unix_seconds();
    saved.expires_at = saved.created_at + lifetime_seconds;
    return saved;
  }

 private:
  std::unique_ptr<Fixture> fixture_ = Fixture::make();
  std::shared_ptr<core::Random> random_ = core::make_seeded_random(7);
};

TYPED_TEST_SUITE_P(GraphStoreContract);

TYPED_TEST_P(GraphStoreContract, FindsWhatWasSaved) {
  const SavedGraph saved = this->sample();
  ASSERT_TRUE(this->save(saved).has_value());
  const core::Result<SavedGraph> found = this->find(saved.session_id);
  ASSERT_TRUE(found.has_value()) << found.error().private_cause();
  EXPECT_EQ(*found, saved);
}

TYPED_TEST_P(GraphStoreContract, KeepsAnEmptyGraphWithoutAddress) {
  SavedGraph saved = this->sample();
  saved.graph = {};
  saved.source_url.clear();
  ASSERT_TRUE(this->save(saved).has_value());
  const core::Result<SavedGraph> found = this->find(saved.session_id);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(*found, saved);
}

TYPED_TEST_P(GraphStoreContract, DoesNotFindWhatWasNeverSaved) {
  ASSERT_TRUE(this->save(this->sample()).has_value());
  for (const std::string id : {"", "00000000000000000000000000000000", "%", "' OR 1=1 --"}) {
    const core::Result<SavedGraph> found = this->find(id);
    ASSERT_FALSE(found.has_value()) << id;
    EXPECT_EQ(found.error().code(), HistoryError::kNotFound);
  }
}

TYPED_TEST_P(GraphStoreContract, DoesNotFindAGraphFromTheSecondItExpires) {
  const SavedGraph saved = this->sample(60);
  ASSERT_TRUE(this->save(saved).has_value());
  this->clock().advance(std::chrono::seconds(59));
  EXPECT_TRUE(this->find(saved.session_id).has_value());
  this->clock().advance(std::chrono::seconds(1));
  const core::Result<SavedGraph> found = this->find(saved.session_id);
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().code(), HistoryError::kNotFound);
}

TYPED_TEST_P(GraphStoreContract, KeepsAGraphThatDoesNotExpire) {
  SavedGraph saved = this->sample();
  saved.expires_at = 0;
  ASSERT_TRUE(this->save(saved).has_value());
  this->clock().advance(std::chrono::hours(24 * 365 * 50));
  ASSERT_TRUE(this->save(this->sample()).has_value());
  const core::Result<SavedGraph> found = this->find(saved.session_id);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(*found, saved);
}

TYPED_TEST_P(GraphStoreContract, ASecondSaveUnderTheSameIdReplacesTheFirst) {
  SavedGraph saved = this->sample();
  ASSERT_TRUE(this->save(saved).has_value());
  saved.title = "Another title";
  saved.graph.edges.clear();
  ASSERT_TRUE(this->save(saved).has_value());
  const core::Result<SavedGraph> found = this->find(saved.session_id);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(*found, saved);
}

TYPED_TEST_P(GraphStoreContract, KeepsALargeText) {
  SavedGraph saved = this->sample();
  saved.source_text.assign(1'600'000, 'x');
  ASSERT_TRUE(this->save(saved).has_value());
  const core::Result<SavedGraph> found = this->find(saved.session_id);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->source_text, saved.source_text);
}

TYPED_TEST_P(GraphStoreContract, IsReady) { EXPECT_TRUE(test::await(this->store().is_ready())); }

REGISTER_TYPED_TEST_SUITE_P(GraphStoreContract, FindsWhatWasSaved, KeepsAnEmptyGraphWithoutAddress,
                            DoesNotFindWhatWasNeverSaved, DoesNotFindAGraphFromTheSecondItExpires,
                            KeepsAGraphThatDoesNotExpire, ASecondSaveUnderTheSameIdReplacesTheFirst,
                            KeepsALargeText, IsReady);

}  // namespace graphrail::history

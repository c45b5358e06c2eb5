#include "app/stage_line.h"

#include <gtest/gtest.h>

namespace graphrail::app {
namespace {

TEST(StageLine, SaysWhatIsDoneAndFound) {
  EXPECT_EQ(describe_stage("reading", {}, 0, 0), "reading the page");
  EXPECT_EQ(describe_stage("extracting", {{"engine", "llm"}}, 3, 2),
            "extracting, 3 nodes, 2 edges");
  EXPECT_EQ(describe_stage("extracting", {{"chunks", 1}, {"chunks_done", 0}}, 0, 0),
            "extracting, 0 nodes, 0 edges");
  EXPECT_EQ(describe_stage("extracting", {{"chunks", 9}, {"chunks_done", 2}}, 24, 31),
            "extracting: 2 of 9 parts read, 24 nodes, 31 edges");
  EXPECT_EQ(describe_stage("saving", {}, 24, 31), "saving");
}

}  // namespace
}  // namespace graphrail::app

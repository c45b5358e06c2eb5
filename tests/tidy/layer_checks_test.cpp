#include <gtest/gtest.h>

#include "tidy/snippets.h"

namespace graphrail::tidy {
namespace {

std::vector<SourceFile> room(std::string name, std::string uses, std::string source) {
  return {cpp("graphrail_room(" + name + " ASIO" + uses + " LINKS ZLIB::ZLIB)\n",
              "src/" + name + "/CMakeLists.txt"),
          cpp(std::move(source), "src/" + name + "/a.cpp")};
}

std::string first(const Problems& problems) { return problems.empty() ? "" : problems[0].text; }

TEST(Layers, AFileMayIncludeItsOwnRoomAndWhatTheRoomUses) {
  const std::string source =
      "#include \"net/a.h\"\n#include \"core/b.h\"\n#include <net/other.h>\n";
  EXPECT_EQ(check_layers(room("net", " USES core observe", source)), Problems{});
}

TEST(Layers, WhatAUsedRoomUsesIsNoPermission) {
  const Problems problems = check_layers(room("net", " USES observe", "#include \"core/b.h\"\n"));
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0], (Problem{"src/net/a.cpp", 1, "net does not USE the room core"}));
}

TEST(Layers, UsesMustBeArrowsOfTheArchitecture) {
  EXPECT_EQ(first(check_layers(room("core", " USES net", ""))),
            "the architecture has no arrow core -> net");
  EXPECT_EQ(first(check_layers(room("cellar", "", ""))), "the architecture knows no room cellar");
  EXPECT_EQ(first(check_layers(room("http", " USES core observe graph", ""))),
            "the architecture has no arrow http -> graph");
}

TEST(Layers, IncludesAreRelativeToTheRoot) {
  for (const char* line : {"#include \"b.h\"\n", "#include \"../core/b.h\"\n"}) {
    EXPECT_EQ(first(check_layers(room("net", " USES core", line))),
              "include \"room/file.h\", relative to src");
  }
}

std::vector<SourceFile> with_store(std::string path, std::string source) {
  return {cpp("class Store {\n public:\n  virtual void put() = 0;\n};\n"
              "std::shared_ptr<Store> make_memory_store(int limit);\n"
              "std::shared_ptr<Table> make_table();\n",
              "src/store/store.h"),
          cpp("class DiskStore final : public store::Store {\n};\n", "src/store/disk.h"),
          cpp(std::move(source), std::move(path))};
}

TEST(Concretes, OnlyTheirRoomAndTheCompositionNameThem) {
  for (const char* source : {"auto a = store::make_memory_store(3);\n", "store::DiskStore a;\n"}) {
    EXPECT_EQ(check_concretes(with_store("src/api/a.cpp", source)).size(), 1U) << source;
    EXPECT_EQ(check_concretes(with_store("src/app/serve.cpp", source)).size(), 1U) << source;
    EXPECT_EQ(check_concretes(with_store("src/app/compose.cpp", source)), Problems{});
    EXPECT_EQ(check_concretes(with_store("src/store/a.cpp", source)), Problems{});
    EXPECT_EQ(check_concretes(with_store("tests/unit/store/a.cpp", source)), Problems{});
  }
}

TEST(Concretes, InterfacesAndPlainFactoriesAreFree) {
  EXPECT_EQ(check_concretes(with_store("src/api/a.cpp",
                                       "void f(store::Store& s); auto t = store::make_table();\n")),
            Problems{});
}

}  // namespace
}  // namespace graphrail::tidy

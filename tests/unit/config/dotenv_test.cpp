#include "config/dotenv.h"

#include <gtest/gtest.h>

namespace graphrail::config {
namespace {

struct ValueCase {
  const char* name;
  const char* line;
  const char* value;
};

class DotenvValue : public testing::TestWithParam<ValueCase> {};

TEST_P(DotenvValue, IsReadAsWritten) {
  const Dotenv dotenv = parse_dotenv(GetParam().line, ".env");
  ASSERT_TRUE(dotenv.faults.empty()) << dotenv.faults.front().message;
  ASSERT_EQ(dotenv.entries.size(), 1U);
  EXPECT_EQ(dotenv.entries[0].key, "KEY");
  EXPECT_EQ(dotenv.entries[0].value, GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(
    Quirks, DotenvValue,
    testing::Values(
        ValueCase{"bare", "KEY=value", "value"}, ValueCase{"empty", "KEY=", ""},
        ValueCase{"spaces_around", "  KEY =  value  ", "value"},
        ValueCase{"export_word", "export KEY=value", "value"},
        ValueCase{"export_tab", "export\tKEY=value", "value"},
        ValueCase{"carriage_return", "KEY=value\r\n", "value"},
        ValueCase{"byte_order_mark", "\xEF\xBB\xBFKEY=value", "value"},
        ValueCase{"comment", "KEY=value # why", "value"},
        ValueCase{"only_comment", "KEY= # why", ""}, ValueCase{"hash_inside", "KEY=a#b", "a#b"},
        ValueCase{"url_fragment", "KEY=https://a.example/#x", "https://a.example/#x"},
        ValueCase{"equals_inside", "KEY=a=b==", "a=b=="},
        ValueCase{"single_quotes_are_literal", R"(KEY='a # \n "b" $HOME')", R"(a # \n "b" $HOME)"},
        ValueCase{"double_quotes_escape", R"(KEY="a\tb\n\"c\" \\ \$x")", "a\tb\n\"c\" \\ $x"},
        ValueCase{"quotes_keep_spaces", "KEY=\"  a  \"", "  a  "},
        ValueCase{"comment_after_quotes", "KEY=\"a\" # why", "a"},
        ValueCase{"comment_hugging_quotes", "KEY='a'#why", "a"},
        ValueCase{"no_interpolation", "KEY=$HOME/${X}", "$HOME/${X}"},
        ValueCase{"quote_inside_bare", "KEY=it's", "it's"},
        ValueCase{"unicode", "KEY=größe", "größe"}),
    [](const auto& info) { return std::string(info.param.name); });

struct FaultCase {
  const char* name;
  const char* line;
};

class DotenvFault : public testing::TestWithParam<FaultCase> {};

TEST_P(DotenvFault, NamesTheLineAndNeverTheValue) {
  const Dotenv dotenv = parse_dotenv("GOOD=1\n\n" + std::string(GetParam().line), "my.env");
  ASSERT_EQ(dotenv.faults.size(), 1U);
  EXPECT_EQ(dotenv.faults[0].where, "my.env:3");
  EXPECT_EQ(dotenv.faults[0].message.find("hunter2"), std::string::npos);
  EXPECT_EQ(dotenv.entries.size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Kinds, DotenvFault,
                         testing::Values(FaultCase{"no_equals", "hunter2"},
                                         FaultCase{"no_name", "=hunter2"},
                                         FaultCase{"bad_name", "A-B=hunter2"},
                                         FaultCase{"digit_first", "1A=hunter2"},
                                         FaultCase{"open_single", "KEY='hunter2"},
                                         FaultCase{"open_double", "KEY=\"hunter2\\\""},
                                         FaultCase{"text_after_quote", "KEY='a' hunter2"}),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(Dotenv, SkipsBlankLinesAndCommentsAndCountsThem) {
  const Dotenv dotenv = parse_dotenv("# first\n\n  # second\nA=1\r\n\r\nA=2", ".env");
  ASSERT_EQ(dotenv.entries.size(), 2U);
  EXPECT_EQ(dotenv.entries[0].line, 4U);
  EXPECT_EQ(dotenv.entries[1].line, 6U);
  EXPECT_TRUE(parse_dotenv("", ".env").entries.empty());
}

}  // namespace
}  // namespace graphrail::config

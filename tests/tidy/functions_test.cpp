#include "tidy/functions.h"

#include <gtest/gtest.h>

#include "tidy/lambdas.h"
#include "tidy/snippets.h"

namespace graphrail::tidy {
namespace {

std::vector<std::string> headers(std::string text) {
  std::vector<std::string> out;
  for (const Function& function : find_functions(cpp(std::move(text)).code)) {
    out.push_back(function.header);
  }
  return out;
}

using Headers = std::vector<std::string>;

TEST(Functions, FreeFunctionsAndMethods) {
  EXPECT_EQ(headers("namespace a {\nint f(int b) { return b; }\nclass C {\n public:\n"
                    "  int g() const noexcept override { if (x) { y(); } return 1; }\n};\n}\n"),
            (Headers{"int f(int b)", "public: int g() const noexcept override"}));
}

TEST(Functions, MemberInitialisersBelongToTheConstructor) {
  EXPECT_EQ(headers("A::A(int b) : b_{b}, c_(b), d_{1, 2} { go(); }\nint f() { return 0; }\n"),
            (Headers{"A::A(int b) : b_{b}, c_(b), d_{1, 2}", "int f()"}));
}

TEST(Functions, TypesTablesAndInitialisersAreNone) {
  EXPECT_EQ(headers("struct A { int b; int c{3}; };\nenum class E { kA, kB };\n"
                    "constexpr std::array kTable = {\n  Row{1, f(2)},\n};\nint x = {1};\n"),
            Headers{});
}

TEST(Functions, TemplatesAttributesAndDefaults) {
  EXPECT_EQ(headers("template <class T = int>\n[[nodiscard]] T f(T a = T{}) { return a; }\n"),
            (Headers{"template <class T = int> [[nodiscard]] T f(T a = T{})"}));
}

TEST(Functions, OperatorsAndTrailingReturnTypes) {
  EXPECT_EQ(headers("bool operator==(A a, A b) { return true; }\n"
                    "auto f() -> std::map<int, int> { return {}; }\n")
                .size(),
            2U);
}

TEST(Functions, LambdasAtNamespaceScope) {
  EXPECT_EQ(headers("constexpr auto kSort = [](int a) { return a; };\n").size(), 1U);
}

TEST(Functions, BracesInLiteralsDoNotCount) {
  const auto found = find_functions(cpp("int f() {\n  g(\"}\");\n  h('}');\n  // }\n}\n").code);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].first_line, 1U);
  EXPECT_EQ(found[0].last_line, 5U);
}

TEST(Functions, GoogleTestBodiesAreFunctions) {
  EXPECT_EQ(headers("TEST(A, B) {\n  EXPECT_TRUE(c);\n}\n"), (Headers{"TEST(A, B)"}));
}

std::string of_lines(std::size_t lines) {
  std::string text = "int f() {\n";
  for (std::size_t i = 2; i < lines; ++i) text += "  g();\n";
  return text + "}\n";
}

TEST(Sizes, CeilingsAreInclusive) {
  EXPECT_EQ(lines_of(check_sizes, cpp(of_lines(70))), Lines{});
  EXPECT_EQ(lines_of(check_sizes, cpp("\n" + of_lines(71))), Lines{2});
  EXPECT_EQ(lines_of(check_sizes, cpp(std::string(500, '\n'))), Lines{});
  EXPECT_EQ(lines_of(check_sizes, cpp(std::string(501, '\n'))), Lines{1});
}

TEST(Sizes, AReasonLiftsTheCeiling) {
  const std::string reason = "// tidy-allow(size): one table that is read as one\n";
  EXPECT_EQ(lines_of(check_sizes, cpp(reason + of_lines(90))), Lines{});
}

std::optional<Lambda> first_lambda(std::string_view code) {
  for (std::size_t at = 0; at < code.size(); ++at) {
    if (const auto lambda = lambda_at(code, at)) return lambda;
  }
  return std::nullopt;
}

TEST(Lambdas, AreToldFromOtherBrackets) {
  for (const char* code :
       {"a[1] = 2; {}", "f()[0]; {}", "[[nodiscard]] int f() {}", "auto [a, b] = c; {}",
        "auto& [a, b] = c; {}", "for (const auto& [key, value] : map) {}"}) {
    EXPECT_FALSE(first_lambda(code)) << code;
  }
  for (const char* code : {"f([] {})", "f([](int a) mutable noexcept -> int { return a; })",
                           "return [=] {};", "x = []<class T>(T a) { return a; };",
                           "f([]() -> std::map<int, std::string> { return {}; })"}) {
    EXPECT_TRUE(first_lambda(code)) << code;
  }
}

TEST(Lambdas, KnowHowTheyCapture) {
  EXPECT_FALSE(first_lambda("f([] {})")->captures_by_value());
  EXPECT_FALSE(first_lambda("f([&] {})")->captures_by_value());
  EXPECT_FALSE(first_lambda("f([&a, &b = c(1, 2)] {})")->captures_by_value());
  for (const char* code :
       {"f([=] {})", "f([this] {})", "f([&a, b] {})", "f([a = std::move(b)] {})", "f([&, a] {})"}) {
    EXPECT_TRUE(first_lambda(code)->captures_by_value()) << code;
  }
  EXPECT_TRUE(first_lambda("f([ ] {})")->captures_nothing());
  EXPECT_FALSE(first_lambda("f([&] {})")->captures_nothing());
}

}  // namespace
}  // namespace graphrail::tidy

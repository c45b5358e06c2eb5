#include <gtest/gtest.h>

#include "tidy/snippets.h"

namespace graphrail::tidy {
namespace {

SourceFile body(const std::string& statements) {
  return cpp("asio::awaitable<void> f() {\n" + statements + "\n}\n");
}

TEST(Await, NamedValuesAreFine) {
  for (const char* good : {
           "co_await g(std::move(a));",
           "const auto b = co_await g(make_a());",
           "auto aw = g(A{1}); co_await std::move(aw);",
           "if (co_await g()) { h(A{1}); }",
           "while (!(co_await g())) { A a{1}; }",
           "for (const A& a : co_await g()) { h(a ? 1 : 2); }",
           "if (auto r = co_await g(); r) { return A{1}; }",
           "A a{1}; co_await g(std::move(a));",
           "{ const A a = {1, 2}; } co_await g();",
           "try { co_await g(); } catch (...) { h({1}); }",
           "auto [a, b] = co_await g();",
           "co_await g([](int a) { return a ? A{1} : A{2}; });",
           "co_await g([&] { h(A{1}); });",
           "co_await (g() || timer.async_wait(asio::use_awaitable));",
           "auto l = [t] { return A{t}; }; co_await g(l);",
           "const int x = a ? 1 : 2; co_await g(x);",
           "switch (a) { case 1: co_await g(); }",
           "co_return fail(co_await g(), text);",
           "if (a) { b = {1}; } else { co_await g(); }",
       }) {
    EXPECT_EQ(check_await_expressions(body(good)), Problems{}) << good;
  }
}

TEST(Await, BracesLambdasAndConditionalsAreNot) {
  for (const char* bad : {
           "co_await g(A{1});",
           "co_await g({1, 2});",
           "co_await g({.a = 1});",
           "co_await g(std::vector<int>{1});",
           "h(A{1}, co_await g());",
           "const A a{co_await g(), 1};",
           "const A a = {co_await g(), 1};",
           "v.push_back({co_await g(), 1});",
           "co_return A{co_await g()};",
           "co_return a ? co_await g() : co_await h();",
           "co_await g(a ? b : c);",
           "co_await g([t] { return t; });",
           "co_await g([t = std::move(t)]() mutable { h(t); });",
           "co_await g([this] { h(); });",
           "if (co_await g(A{1})) { h(); }",
           "co_await (a || g(A{1}));",
           "co_await asio::co_spawn(ex, [t]() -> asio::awaitable<void> { h(t); }, token);",
       }) {
    EXPECT_EQ(lines_of(check_await_expressions, body(bad)), Lines{2}) << bad;
  }
}

TEST(Await, AReasonExempts) {
  EXPECT_EQ(
      check_await_expressions(body("co_await g(A{1});  // tidy-allow(await): A has a constructor")),
      Problems{});
}

TEST(Await, ThePlaceIsTheLine) {
  EXPECT_EQ(lines_of(check_await_expressions, body("a();\n\nco_await g(\n    A{1});")), Lines{4});
}

TEST(Parameters, ReferencesAndViewsAreNotKept) {
  for (const char* bad : {"asio::awaitable<void> f(const A& a);",
                          "boost::asio::awaitable<Result<std::map<int, A>>> C::f(int b, A&& a) {}",
                          "asio::awaitable<int> f(std::string_view a) { co_return 1; }",
                          "asio::awaitable<int> f(std::span<const char> a);",
                          "f([](A& a) -> asio::awaitable<void> { co_await g(a); });"}) {
    EXPECT_EQ(lines_of(check_coroutine_parameters, cpp(bad)), Lines{1}) << bad;
  }
}

TEST(Parameters, ValuesAre) {
  for (const char* good :
       {"asio::awaitable<void> f(A a, std::shared_ptr<B> b, C* c);", "asio::awaitable<void> f();",
        "Result<int> f(const A& a);",
        "asio::awaitable<void> f(std::function<void(const A&)> done);",
        "asio::awaitable<http::Response> handle(std::shared_ptr<Request> r, const Handler& next);",
        "asio::awaitable<bool> done = g(a & b);", "f([](A& a) { g(a); });",
        "asio::awaitable<void> f(  // tidy-allow(reference): the server outlives every session\n"
        "    Server& server);"}) {
    EXPECT_EQ(check_coroutine_parameters(cpp(good)), Problems{}) << good;
  }
}

TEST(Lambdas, CoroutinesCaptureNothing) {
  EXPECT_EQ(lines_of(check_coroutine_lambdas,
                     cpp("a(\n[this]() -> asio::awaitable<void> { co_await g(); });\n")),
            Lines{2});
  EXPECT_EQ(lines_of(check_coroutine_lambdas, cpp("a([&] { co_return 1; });\n")), Lines{1});
  EXPECT_EQ(check_coroutine_lambdas(cpp("a([](A a) { co_await g(a); }); b([&] { h(); });\n")),
            Problems{});
  EXPECT_EQ(check_coroutine_lambdas(cpp("a([&] { return [](A a) { co_await g(a); }; });\n")),
            Problems{});
}

TEST(Locks, EndBeforeTheAwait) {
  EXPECT_EQ(lines_of(check_locks, body("std::scoped_lock lock(mutex_);\nco_await g();")), Lines{3});
  EXPECT_EQ(lines_of(check_locks, body("std::lock_guard<M> l(m);\nif (a) { co_await g(); }")),
            Lines{3});
  for (const char* good : {"{ std::scoped_lock lock(mutex_); a(); } co_await g();",
                           "std::unique_lock lock(m); a(); lock.unlock(); co_await g();",
                           "co_await g(); std::scoped_lock lock(m); a();",
                           "std::scoped_lock lock(m); h([](A a) { co_await g(a); });"}) {
    EXPECT_EQ(check_locks(body(good)), Problems{}) << good;
  }
}

}  // namespace
}  // namespace graphrail::tidy

// Expressions with co_await that a compiler may get wrong: g++ 12 destroys the marked temporaries
// twice. Run under the address sanitizer they tell whether the compiler in use may be trusted, and
// when the rule "name it, then await it" may go. Each value owns memory and counts its lives, so
// that a double or missing destruction shows without a sanitizer too.
#include <gtest/gtest.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/await.h"

namespace graphrail::core {
namespace {

namespace asio = boost::asio;

int alive = 0;

/// Too long for a string's inner buffer, so that a second destruction frees twice.
class Owner {
 public:
  Owner() : text_(64, 'x') { ++alive; }
  Owner(const Owner& other) : text_(other.text_) { ++alive; }
  Owner(Owner&& other) noexcept : text_(std::move(other.text_)) { ++alive; }
  Owner& operator=(const Owner&) = default;
  Owner& operator=(Owner&&) = default;
  ~Owner() { --alive; }
  [[nodiscard]] std::size_t size() const { return text_.size(); }

 private:
  std::string text_;
};

struct Aggregate {
  Owner owner;
  std::string name;
};

/// Suspends for certain, so that temporaries live in the coroutine's frame.
asio::awaitable<void> suspend() {
  co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
}
asio::awaitable<std::size_t> size_of(Aggregate value) {
  co_await suspend();
  co_return value.owner.size() + value.name.size();
}
asio::awaitable<std::size_t> size_of_optional(std::optional<Aggregate> value) {
  co_await suspend();
  co_return value->owner.size() + value->name.size();
}
asio::awaitable<std::size_t> size_of_call(std::function<std::size_t()> call) {
  co_await suspend();
  co_return call();
}
asio::awaitable<std::size_t> size_of_all(std::vector<std::string> texts) {
  co_await suspend();
  std::size_t size = 0;
  for (const std::string& text : texts) size += text.size();
  co_return size;
}
asio::awaitable<Owner> make_owner() {
  co_await suspend();
  co_return Owner();
}

asio::awaitable<std::size_t> braced_argument() { co_return co_await size_of({Owner(), "abc"}); }
asio::awaitable<std::size_t> braced_temporary() {
  co_return co_await size_of(Aggregate{.owner = Owner(), .name = "abc"});
}
asio::awaitable<std::size_t> braced_optional() {
  co_return co_await size_of_optional(Aggregate{Owner(), "abc"});
}
asio::awaitable<std::size_t> await_inside_braces() {
  const Aggregate value{co_await make_owner(), "abc"};
  co_return value.owner.size() + value.name.size();
}
asio::awaitable<std::size_t> await_inside_pushed_braces() {
  std::vector<Aggregate> values;
  values.push_back({co_await make_owner(), "abc"});
  co_return values.back().owner.size() + values.back().name.size();
}
asio::awaitable<std::size_t> capturing_lambda() {
  const Owner owner;
  co_return co_await size_of_call([owner] { return owner.size() + 3; });
}
asio::awaitable<std::size_t> called_capturing_coroutine() {
  const Owner owner;
  co_return co_await [owner]() -> asio::awaitable<std::size_t> {
    co_await suspend();
    co_return owner.size() + 3;
  }();
}
asio::awaitable<std::size_t> conditional(bool first) {
  const Owner owner = first ? co_await make_owner() : Owner();
  co_return owner.size() + 3;
}
asio::awaitable<std::size_t> first_branch() { return conditional(true); }
asio::awaitable<std::size_t> second_branch() { return conditional(false); }
asio::awaitable<std::size_t> initializer_list() {
  co_return co_await size_of_all({std::string(64, 'x'), "abc"});
}
asio::awaitable<std::size_t> operator_chain() {
  using namespace asio::experimental::awaitable_operators;
  const auto either = co_await (size_of({Owner(), "abc"}) || size_of({Owner(), "abc"}));
  co_return either.index() == 0 ? std::get<0>(either) : std::get<1>(either);
}

struct Case {
  const char* name;
  asio::awaitable<std::size_t> (*run)();
};

class CoroutineCanary : public testing::TestWithParam<Case> {};

TEST_P(CoroutineCanary, DestroysEachTemporaryOnce) {
  alive = 0;
  EXPECT_EQ(test::await(GetParam().run()), 67U);
  EXPECT_EQ(alive, 0);
}

INSTANTIATE_TEST_SUITE_P(
    Expressions, CoroutineCanary,
    testing::Values(
        Case{"BracedArgument", braced_argument}, Case{"BracedTemporary", braced_temporary},
        Case{"BracedOptional", braced_optional}, Case{"AwaitInsideBraces", await_inside_braces},
        Case{"AwaitInsidePushedBraces", await_inside_pushed_braces},
        Case{"CapturingLambda", capturing_lambda},
        Case{"CalledCapturingCoroutine", called_capturing_coroutine},
        Case{"FirstBranch", first_branch}, Case{"SecondBranch", second_branch},
        Case{"InitializerList", initializer_list}, Case{"OperatorChain", operator_chain}),
    [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace graphrail::core

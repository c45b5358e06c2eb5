// Secret keeps its bytes to itself and wipes them. Freed arrays are watched through the replaced
// operators below, because memory that was freed must not be read.
#include "core/secret.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <concepts>
#include <cstdlib>
#include <new>
#include <ostream>
#include <string>
#include <type_traits>
#include <utility>

namespace {

constexpr std::string_view kKey = "sk-this-key-must-not-stay-in-memory";

std::atomic<int> watched_frees = 0;
std::atomic<bool> key_was_freed_readable = false;
std::atomic<bool> watching = false;

[[maybe_unused]] void watch(void* memory) {
  if (memory == nullptr || !watching) return;
  const std::string_view bytes(static_cast<const char*>(memory), malloc_usable_size(memory));
  ++watched_frees;
  if (bytes.find(kKey) != std::string_view::npos) key_was_freed_readable = true;
}

}  // namespace

// The thread sanitizer's runtime brings these operators itself and cannot be told otherwise.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define GRAPHRAIL_OPERATORS_ARE_TAKEN
#endif
#endif

#ifndef GRAPHRAIL_OPERATORS_ARE_TAKEN
void* operator new[](std::size_t size) {
  // tidy-allow(banned): the allocator under operator new[] is malloc
  void* memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void operator delete[](void* memory) noexcept {
  watch(memory);
  std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  watch(memory);
  std::free(memory);
}
constexpr bool kCanWatch = true;
#else
constexpr bool kCanWatch = false;
#endif

namespace graphrail::core {
namespace {

template <class T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };

static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(std::is_nothrow_move_constructible_v<Secret>);
static_assert(!std::equality_comparable<Secret>);
static_assert(!Printable<Secret>);
static_assert(!fmt::is_formattable<Secret>::value);
static_assert(!std::is_convertible_v<Secret, std::string>);
static_assert(!std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::is_convertible_v<std::string, Secret>);

/// Watches the arrays that are freed while it lives.
class FreeWatch {
 public:
  FreeWatch() {
    watched_frees = 0;
    key_was_freed_readable = false;
    watching = true;
  }
  ~FreeWatch() { watching = false; }
  FreeWatch(const FreeWatch&) = delete;
  FreeWatch& operator=(const FreeWatch&) = delete;
  [[nodiscard]] int frees() const { return watched_frees; }
  [[nodiscard]] bool saw_key() const { return key_was_freed_readable; }
};

TEST(Secret, TheWatchSeesAKeyThatIsNotWiped) {
  if (!kCanWatch) GTEST_SKIP() << "the thread sanitizer owns the operators";
  const FreeWatch watch;
  {
    const auto copy = std::make_unique<char[]>(kKey.size());
    std::ranges::copy(kKey, copy.get());
  }
  EXPECT_TRUE(watch.saw_key());
}

TEST(Secret, IsWipedWhenItGoes) {
  if (!kCanWatch) GTEST_SKIP() << "the thread sanitizer owns the operators";
  const FreeWatch watch;
  {
    const Secret secret(kKey);
    EXPECT_EQ(secret.reveal(), kKey);
    const Secret second = secret.clone();
    EXPECT_EQ(second.reveal(), kKey);
  }
  EXPECT_EQ(watch.frees(), 2);
  EXPECT_FALSE(watch.saw_key());
}

TEST(Secret, IsWipedWhenItIsReplaced) {
  if (!kCanWatch) GTEST_SKIP() << "the thread sanitizer owns the operators";
  const FreeWatch watch;
  Secret secret(kKey);
  secret = Secret(std::string_view("another"));
  EXPECT_EQ(secret.reveal(), "another");
  EXPECT_EQ(watch.frees(), 1);
  EXPECT_FALSE(watch.saw_key());
}

TEST(Secret, MovingLeavesNothingBehind) {
  Secret first(kKey);
  Secret second(std::move(first));
  EXPECT_TRUE(
      first.empty());  // NOLINT(bugprone-use-after-move): the state after a move is promised
  EXPECT_EQ(second.reveal(), kKey);
  Secret& same = second;
  second = std::move(same);
  EXPECT_EQ(second.reveal(), kKey);
  first = std::move(second);
  EXPECT_EQ(first.reveal(), kKey);
  EXPECT_TRUE(second.empty());  // NOLINT(bugprone-use-after-move)
}

/// The whole buffer of a string, what is beyond its end included.
std::string whole_buffer(std::string& text) {
  std::string seen;
  text.resize_and_overwrite(text.capacity(), [&seen](char* bytes, std::size_t size) {
    seen.assign(bytes, size);
    return 0U;
  });
  return seen;
}

TEST(Secret, TheStringItCameInIsWiped) {
  for (const std::size_t size : {std::size_t{8}, kKey.size()}) {
    std::string text(kKey.substr(0, size));
    const Secret secret(std::move(text));
    EXPECT_EQ(secret.reveal(), kKey.substr(0, size));
    EXPECT_TRUE(text.empty());  // NOLINT(bugprone-use-after-move): wiping it is the promise
    EXPECT_EQ(whole_buffer(text).find_first_not_of('\0'), std::string::npos);
  }
}

TEST(Secret, WipeReachesBeyondTheEndOfAString) {
  std::string text(kKey);
  text.resize(2);
  wipe(text);
  EXPECT_TRUE(text.empty());
  EXPECT_EQ(whole_buffer(text).find_first_not_of('\0'), std::string::npos);
}

TEST(Secret, MayBeEmpty) {
  const Secret none;
  EXPECT_TRUE(none.empty());
  EXPECT_EQ(none.reveal(), "");
  EXPECT_TRUE(Secret(std::string_view()).empty());
  EXPECT_TRUE(none.clone().empty());
}

TEST(Secret, HoldsAnyBytes) {
  const std::string bytes("a\0b\xFF", 4);
  EXPECT_EQ(Secret(std::string_view(bytes)).reveal(), bytes);
}

}  // namespace
}  // namespace graphrail::core

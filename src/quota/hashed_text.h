// A text with its hash, computed once and used for the choice of a shard and for every look-up.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace graphrail::quota {

/// A view: the text must outlive it.
struct HashedText {
  std::size_t hash = 0;
  std::string_view text;

  explicit HashedText(std::string_view of) noexcept
      : hash(std::hash<std::string_view>{}(of)), text(of) {}
};

/// Hash of maps whose keys are strings or hashed texts and which are asked with hashed texts.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(const HashedText& text) const noexcept { return text.hash; }
  std::size_t operator()(const std::string& text) const noexcept {
    return std::hash<std::string_view>{}(text);
  }
};

struct TextEqual {
  using is_transparent = void;
  bool operator()(const HashedText& a, const HashedText& b) const noexcept {
    return a.hash == b.hash && a.text == b.text;
  }
  bool operator()(const HashedText& a, const std::string& b) const noexcept { return a.text == b; }
  bool operator()(const std::string& a, const HashedText& b) const noexcept { return a == b.text; }
  bool operator()(const std::string& a, const std::string& b) const noexcept { return a == b; }
};

}  // namespace graphrail::quota

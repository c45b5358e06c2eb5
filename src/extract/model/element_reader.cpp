#include "extract/model/element_reader.h"

#include <algorithm>
#include <cstring>

namespace graphrail::extract::model {
namespace {

constexpr std::string_view kThinkOpen = "<think>";
constexpr std::string_view kThinkClose = "</think>";
constexpr std::size_t kMaxNameBytes = 128;

/// One step of matching `pattern`, whose first character occurs nowhere else in it.
std::size_t advance_match(std::string_view pattern, std::size_t matched, char c) noexcept {
  if (c == pattern[matched]) return matched + 1;
  return c == pattern[0] ? 1 : 0;
}

bool has_odd_backslashes_before(std::string_view bytes, std::size_t start, std::size_t at,
                                bool escaped_before_start) noexcept {
  std::size_t first = at;
  while (first > start && bytes[first - 1] == '\\') --first;
  const bool odd = (at - first) % 2 == 1;
  return first == start ? odd != escaped_before_start : odd;
}

}  // namespace

void ElementReader::feed(std::string_view bytes, ElementSink& sink) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    switch (state_) {
      case State::kPreface:
        at = skip_preface(bytes, at);
        break;
      case State::kThinking:
        at = skip_thinking(bytes, at);
        break;
      case State::kStructure:
        at = read_structure(bytes, at, sink);
        break;
      case State::kString:
        at = read_string(bytes, at);
        break;
      case State::kComplete:
      case State::kFailed:
        return;
    }
  }
}

std::size_t ElementReader::skip_preface(std::string_view bytes, std::size_t at) {
  for (; at < bytes.size(); ++at) {
    if (bytes[at] == '{') {
      state_ = State::kStructure;
      return at;
    }
    matched_ = advance_match(kThinkOpen, matched_, bytes[at]);
    if (matched_ == kThinkOpen.size()) {
      matched_ = 0;
      state_ = State::kThinking;
      return at + 1;
    }
  }
  return at;
}

std::size_t ElementReader::skip_thinking(std::string_view bytes, std::size_t at) {
  for (; at < bytes.size(); ++at) {
    matched_ = advance_match(kThinkClose, matched_, bytes[at]);
    if (matched_ == kThinkClose.size()) {
      matched_ = 0;
      state_ = State::kPreface;
      return at + 1;
    }
  }
  return at;
}

std::size_t ElementReader::read_structure(std::string_view bytes, std::size_t at,
                                          ElementSink& sink) {
  const std::size_t start = at;
  for (; at < bytes.size(); ++at) {
    const char c = bytes[at];
    if (c != '"' && c != '{' && c != '[' && c != '}' && c != ']') continue;
    if (in_element()) {
      // The bytes up to and with this one belong to the element that is open.
      keep(bytes.substr(start, at + 1 - start));
    }
    if (c == '"') {
      reading_name_ = depth_ == 1;
      if (reading_name_) name_.clear();
      escaped_ = false;
      if (state_ == State::kStructure) state_ = State::kString;
    } else if (c == '{' || c == '[') {
      open(c);
    } else {
      close(c, sink);
    }
    return at + 1;
  }
  if (in_element()) keep(bytes.substr(start));
  return at;
}

std::size_t ElementReader::read_string(std::string_view bytes, std::size_t at) {
  const std::size_t start = at;
  for (;;) {
    const void* found = std::memchr(bytes.data() + at, '"', bytes.size() - at);
    if (found == nullptr) {
      escaped_ = has_odd_backslashes_before(bytes, start, bytes.size(), escaped_);
      at = bytes.size();
      break;
    }
    at = static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
    const bool quoted = has_odd_backslashes_before(bytes, start, at, escaped_);
    ++at;
    if (!quoted) {
      state_ = State::kStructure;
      break;
    }
  }
  const std::string_view piece = bytes.substr(start, at - start);
  if (in_element()) {
    keep(piece);
  } else if (reading_name_) {
    // A value string at depth 1 lands here too; the next name replaces it.
    name_.append(piece.substr(0, kMaxNameBytes - std::min(kMaxNameBytes, name_.size())));
    if (state_ == State::kStructure && !name_.empty()) name_.pop_back();
  }
  return at;
}

void ElementReader::open(char bracket) {
  if (depth_ == kMaxDepth || (depth_ == 0 && bracket != '{')) {
    state_ = State::kFailed;
    return;
  }
  brackets_[depth_++] = bracket;
  if (depth_ == kElementDepth) element_.assign(1, bracket);
  if (depth_ == 2 && bracket == '[' && (name_ == "nodes" || name_ == "edges")) has_arrays_ = true;
}

void ElementReader::close(char bracket, ElementSink& sink) {
  const char expected = bracket == '}' ? '{' : '[';
  if (depth_ == 0 || brackets_[depth_ - 1] != expected) {
    state_ = State::kFailed;
    return;
  }
  --depth_;
  if (depth_ == 0) {
    state_ = State::kComplete;
  } else if (depth_ == kElementDepth - 1 && bracket == '}' && brackets_[1] == '[' &&
             state_ == State::kStructure) {
    sink.element(name_, element_);
  }
}

void ElementReader::keep(std::string_view piece) {
  if (element_.size() + piece.size() > kMaxElementBytes) {
    state_ = State::kFailed;
    return;
  }
  element_.append(piece);
}

}  // namespace graphrail::extract::model

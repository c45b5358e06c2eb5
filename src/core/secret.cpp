#include "core/secret.h"

#include <openssl/crypto.h>

#include <cstring>
#include <utility>

namespace graphrail::core {

Secret::Secret(std::string_view value)
    : data_(value.empty() ? nullptr : std::make_unique_for_overwrite<char[]>(value.size())),
      size_(value.size()) {
  if (size_ != 0) std::memcpy(data_.get(), value.data(), size_);
}

Secret::Secret(std::string&& value) : Secret(std::string_view(value)) { core::wipe(value); }

Secret::~Secret() { wipe(); }

Secret::Secret(Secret&& other) noexcept
    : data_(std::move(other.data_)), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    wipe();
    data_ = std::move(other.data_);
    size_ = std::exchange(other.size_, 0);
  }
  return *this;
}

void Secret::wipe() noexcept {
  if (data_) OPENSSL_cleanse(data_.get(), size_);
  data_.reset();
  size_ = 0;
}

void wipe(std::string& text) noexcept {
  text.resize(text.capacity());
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
}

}  // namespace graphrail::core

// Header fields whose values must not be seen (Authorization, keys): kept apart from the others
// from their first byte, so that no log, middleware or error can show them by going through the
// headers. Their memory is wiped when the request is over.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/secret.h"

namespace graphrail::http {

class SecretFields {
 public:
  void add(std::string_view name, std::string_view value) {
    list_.emplace_back(std::string(name), core::Secret(value));
  }
  /// Every value of that name, in order: views that are good while this object is not changed.
  [[nodiscard]] std::vector<std::string_view> get_all(std::string_view name) const;
  /// Wipes and forgets every value.
  void clear() noexcept { list_.clear(); }

 private:
  std::vector<std::pair<std::string, core::Secret>> list_;
};

}  // namespace graphrail::http

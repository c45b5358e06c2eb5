#include "web/assets.h"

namespace graphrail::web {

const Asset* find_asset(std::string_view path) noexcept {
  for (const Asset& asset : all_assets()) {
    if (asset.path == path) return &asset;
  }
  return nullptr;
}

}  // namespace graphrail::web

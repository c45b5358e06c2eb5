#include "http/client_presence.h"

#include <algorithm>

namespace graphrail::http {

ClientPresence::Subscription& ClientPresence::Subscription::operator=(
    Subscription&& other) noexcept {
  if (this != &other) {
    reset();
    presence_ = std::exchange(other.presence_, nullptr);
    id_ = other.id_;
  }
  return *this;
}

void ClientPresence::Subscription::reset() noexcept {
  if (const auto presence = std::exchange(presence_, nullptr)) {
    std::erase_if(presence->actions_, [this](const auto& entry) { return entry.first == id_; });
  }
}

ClientPresence::Subscription ClientPresence::on_gone(std::function<void()> action) {
  if (is_gone()) {
    action();
    return {};
  }
  const std::uint64_t id = next_id_++;
  actions_.emplace_back(id, std::move(action));
  return {shared_from_this(), id};
}

void ClientPresence::dismiss() {
  if (!is_gone()) is_dismissed_.store(true, std::memory_order_release);
  mark_gone();
}

void ClientPresence::mark_gone() {
  if (is_gone_.exchange(true, std::memory_order_acq_rel)) return;
  // An action may end other subscriptions, so each is taken out before it runs.
  while (!actions_.empty()) {
    const std::function<void()> action = std::move(actions_.back().second);
    actions_.pop_back();
    action();
  }
}

}  // namespace graphrail::http

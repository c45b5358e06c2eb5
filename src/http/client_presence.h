// Whether the client of a running request is still there. The server watches the socket while a
// handler runs and marks the presence gone within a second after the client closed its side (a
// half-close counts: nobody who still wants an answer sends one to this API) or when the server
// gives up waiting at its stop. Handlers ask, or subscribe to stop upstream work; nothing is
// cancelled behind their back, so money and state can be settled in order.
// is_gone may be called from any thread, everything else belongs to the connection's I/O thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace graphrail::http {

class ClientPresence : public std::enable_shared_from_this<ClientPresence> {
 public:
  /// Ends the subscription when it goes.
  class Subscription {
   public:
    Subscription() = default;
    Subscription(std::shared_ptr<ClientPresence> presence, std::uint64_t id)
        : presence_(std::move(presence)), id_(id) {}
    ~Subscription() { reset(); }
    Subscription(Subscription&& other) noexcept
        : presence_(std::exchange(other.presence_, nullptr)), id_(other.id_) {}
    Subscription& operator=(Subscription&& other) noexcept;
    Subscription(const Subscription&) = delete;
    Subscription& operator=(const Subscription&) = delete;
    void reset() noexcept;

   private:
    std::shared_ptr<ClientPresence> presence_;
    std::uint64_t id_ = 0;
  };

  [[nodiscard]] bool is_gone() const noexcept { return is_gone_.load(std::memory_order_acquire); }

  /// Calls `action` once when the client leaves; at once when it has already left. The object must
  /// be held by a shared_ptr.
  [[nodiscard]] Subscription on_gone(std::function<void()> action);

  /// Called by the server: the client has left. Runs the actions; a second call does nothing.
  void mark_gone();
  /// Called by the server when it stops and will not wait: as mark_gone, and nobody's fault.
  void dismiss();
  /// True when it was the server that gave up.
  [[nodiscard]] bool is_dismissed() const noexcept {
    return is_dismissed_.load(std::memory_order_acquire);
  }

 private:
  std::atomic<bool> is_gone_{false};
  std::atomic<bool> is_dismissed_{false};
  std::uint64_t next_id_ = 1;
  std::vector<std::pair<std::uint64_t, std::function<void()>>> actions_;
};

}  // namespace graphrail::http

#include "app/stage_line.h"

#include <fmt/format.h>

#include <chrono>
#include <string>

#include "app/files.h"
#include "app/terminal.h"

namespace graphrail::app {
namespace {

constexpr std::chrono::milliseconds kRedrawInterval{100};
/// Carriage return, then "erase to the end of the line" (ECMA-48).
constexpr std::string_view kClearLine = "\r\x1b[K";

std::uint64_t number_of(const boost::json::object& detail, std::string_view name) {
  const boost::json::value* value = detail.if_contains(name);
  if (value == nullptr) return 0;
  if (value->is_uint64()) return value->get_uint64();
  return value->is_int64() ? static_cast<std::uint64_t>(value->get_int64()) : 0;
}

class StageLine final : public generate::Audience {
 public:
  StageLine(int descriptor, const core::Clock& clock)
      : descriptor_(descriptor), is_visible_(is_terminal(descriptor)), clock_(clock) {}
  StageLine(const StageLine&) = delete;
  StageLine& operator=(const StageLine&) = delete;
  ~StageLine() override {
    if (is_visible_) (void)write_all(descriptor_, kClearLine);
  }

  void stage(std::string_view name, const boost::json::object& detail) override {
    stage_ = name;
    // A later word on the same stage adds to what was said before.
    for (const auto& member : detail) detail_[member.key()] = member.value();
    next_ = {};
    draw();
  }
  void node(const graph::Node&) override {
    ++nodes_;
    draw();
  }
  void edge(const graph::Edge&) override {
    ++edges_;
    draw();
  }

 private:
  void draw() {
    const core::Clock::SteadyTime now = clock_.steady_now();
    if (!is_visible_ || now < next_) return;
    next_ = now + kRedrawInterval;
    const std::string text = describe_stage(stage_, detail_, nodes_, edges_);
    (void)write_all(descriptor_, fmt::format("{}{}", kClearLine, text));
  }

  int descriptor_;
  bool is_visible_;
  const core::Clock& clock_;
  core::Clock::SteadyTime next_;
  std::string stage_;
  boost::json::object detail_;
  std::size_t nodes_ = 0;
  std::size_t edges_ = 0;
};

}  // namespace

std::string describe_stage(std::string_view name, const boost::json::object& detail,
                           std::size_t nodes, std::size_t edges) {
  if (name == "reading") return "reading the page";
  if (name == "saving") return "saving";
  std::string text(name);
  const std::uint64_t chunks = number_of(detail, "chunks");
  if (chunks > 1) {
    text += fmt::format(": {} of {} parts read", number_of(detail, "chunks_done"), chunks);
  }
  return fmt::format("{}, {} nodes, {} edges", text, nodes, edges);
}

std::shared_ptr<generate::Audience> make_stage_line(int descriptor, const core::Clock& clock) {
  return std::make_shared<StageLine>(descriptor, clock);
}

}  // namespace graphrail::app

#include "app/batch.h"

#include <deque>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include "app/batch_line.h"
#include "app/files.h"
#include "app/run_to_end.h"

namespace graphrail::app {
namespace {

namespace asio = boost::asio;
using GenerateOutcome = core::Result<generate::GenerateResult>;

/// A line on its way through.
struct Slot {
  boost::json::value id;
  /// The output line, once it is known.
  std::optional<std::string> rendered;
  bool failed = false;
};

class Batch {
 public:
  Batch(std::istream& input, BatchOutput& output, const GenerateFunction& generate,
        const BatchOptions& options)
      : input_(input), output_(output), generate_(generate), options_(options) {}

  core::Result<BatchProgress> run(const std::function<void(const BatchProgress&)>& show) {
    fill();
    while (!slots_.empty()) {
      while (!slots_.front()->rendered) context_.run_one();
      const std::shared_ptr<Slot> slot = std::move(slots_.front());
      slots_.pop_front();
      if (core::Result<void> written = output_.append(*slot->rendered); !written) {
        return core::fail(std::move(written.error()));
      }
      ++(slot->failed ? progress_.failed : progress_.done);
      show(progress_);
      fill();
    }
    show(progress_);
    return progress_;
  }

 private:
  /// Reads lines until enough are in flight or the input ends.
  void fill() {
    Line line;
    while (slots_.size() < options_.parallel &&
           read_line(input_, options_.longest_line_bytes, line)) {
      ++line_number_;
      progress_.bytes_read += line.bytes;
      if (line_number_ == 1 && line.text.starts_with("\xEF\xBB\xBF")) line.text.erase(0, 3);
      if (line.text.find_first_not_of(" \t\r") == std::string::npos) continue;
      take(line);
    }
  }

  void take(const Line& line) {
    std::expected<BatchItem, BatchFault> item =
        line.is_too_long ? std::unexpected(BatchFault{nullptr, "the line is too long"})
                         : parse_batch_line(line.text);
    const boost::json::value& id = item ? item->id : item.error().id;
    if (output_.claim(resume_key(id, line_number_))) {
      ++progress_.skipped;
      return;
    }
    auto slot = std::make_shared<Slot>();
    slot->id = id;
    slots_.push_back(slot);
    if (item) {
      start(std::move(slot), std::move(item->input));
    } else {
      slot->failed = true;
      slot->rendered = render_fault(item.error(), line_number_);
    }
  }

  void start(std::shared_ptr<Slot> slot, std::string text) {
    generate::GenerateRequest request = options_.request;
    request.input = std::move(text);
    // A context that ran out of work has stopped and must be told to go on.
    if (context_.stopped()) context_.restart();
    asio::co_spawn(context_, generate_(std::move(request)),
                   [slot](const std::exception_ptr& thrown, GenerateOutcome outcome) {
                     if (thrown) std::rethrow_exception(thrown);
                     slot->failed = !outcome.has_value();
                     slot->rendered = outcome ? render_result(slot->id, *outcome)
                                              : render_error(slot->id, outcome.error());
                   });
  }

  std::istream& input_;
  BatchOutput& output_;
  const GenerateFunction& generate_;
  const BatchOptions& options_;
  asio::io_context& context_ = command_context();
  std::deque<std::shared_ptr<Slot>> slots_;
  std::size_t line_number_ = 0;
  BatchProgress progress_;
};

}  // namespace

core::Result<BatchProgress> run_batch(std::istream& input, BatchOutput& output,
                                      const GenerateFunction& generate, const BatchOptions& options,
                                      const std::function<void(const BatchProgress&)>& show) {
  return Batch(input, output, generate, options).run(show);
}

}  // namespace graphrail::app

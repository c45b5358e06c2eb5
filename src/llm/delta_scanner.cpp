#include "llm/delta_scanner.h"

#include <string>
#include <utility>

#include "llm/finish_reason.h"
#include "llm/json_cursor.h"

namespace graphrail::llm {
namespace {

/// Deeper payloads are out of the ordinary; the general reader allows 32 levels.
constexpr int kMaxDepth = 16;

class DeltaScan {
 public:
  explicit DeltaScan(std::string_view json) : cursor_(json) {}

  std::optional<ChatDelta> run() {
    const bool is_read = cursor_.take_object([this](std::string_view name) { return root(name); });
    if (!is_read || !saw_choices_ || !cursor_.is_at_end()) return std::nullopt;
    return std::move(delta_);
  }

 private:
  bool root(std::string_view name) {
    if (name == "error" || name == "usage") return cursor_.take_word("null");
    if (name == "model") return is_first(saw_model_) && text_or_null(delta_.model);
    if (name != "choices") return cursor_.skip_value(kMaxDepth);
    bool is_first_choice = true;
    return is_first(saw_choices_) && cursor_.take_array([&] {
      if (!std::exchange(is_first_choice, false)) return cursor_.skip_value(kMaxDepth);
      return cursor_.take_object([this](std::string_view member) { return choice(member); });
    });
  }

  bool choice(std::string_view name) {
    if (name == "finish_reason") {
      std::string reason;
      if (!is_first(saw_finish_) || !text_or_null(reason)) return false;
      delta_.finish = read_finish_reason(reason);
      return true;
    }
    if (name == "message") return false;
    if (name != "delta") return cursor_.skip_value(kMaxDepth);
    return is_first(saw_delta_) &&
           cursor_.take_object([this](std::string_view member) { return delta_member(member); });
  }

  bool delta_member(std::string_view name) {
    if (name == "refusal") return cursor_.take_word("null");
    if (name == "content") return is_first(saw_content_) && text_or_null(delta_.content);
    return cursor_.skip_value(kMaxDepth);
  }

  bool text_or_null(std::string& out) {
    if (cursor_.peek() == 'n') return cursor_.take_word("null");
    RawString raw;
    if (!cursor_.take_string(raw)) return false;
    if (raw.has_escapes) return unescape(raw.text, out);
    out = raw.text;
    return true;
  }

  /// A member that comes twice is out of the ordinary.
  static bool is_first(bool& seen) { return !std::exchange(seen, true); }

  Cursor cursor_;
  ChatDelta delta_;
  bool saw_choices_ = false;
  bool saw_model_ = false;
  bool saw_finish_ = false;
  bool saw_delta_ = false;
  bool saw_content_ = false;
};

}  // namespace

std::optional<ChatDelta> scan_delta(std::string_view json) { return DeltaScan(json).run(); }

}  // namespace graphrail::llm

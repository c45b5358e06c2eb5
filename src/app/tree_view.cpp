#include "app/tree_view.h"

#include <fmt/format.h>

#include "app/tree_branch.h"
#include "core/utf8.h"

namespace graphrail::app {
namespace {

/// SGR codes of ECMA-48.
enum class Look { kPlain, kBold, kDim, kCyan };

std::string paint(std::string_view text, Look look, bool colour) {
  if (!colour || look == Look::kPlain || text.empty()) return std::string(text);
  const int code = look == Look::kBold ? 1 : look == Look::kDim ? 2 : 36;
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

/// One line without control characters, white space folded.
std::string clean(std::string_view text) {
  std::string out;
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    const core::DecodedCodePoint decoded = core::decode_code_point(text, at);
    at += decoded.bytes;
    if (decoded.value == ' ' || decoded.value == '\n' || decoded.value == '\t') {
      gap = !out.empty();
    } else if (!is_control(decoded.value)) {
      if (std::exchange(gap, false)) out.push_back(' ');
      core::append_utf8(out, decoded.value);
    }
  }
  return out;
}

std::string shorten(std::string text, std::size_t limit) {
  if (core::count_code_points(text) <= limit) return text;
  return std::string(core::prefix_code_points(text, limit - 1)) + "…";
}

class Drawer {
 public:
  explicit Drawer(const TreeStyle& style) : style_(style) {}

  void draw_root(const Branch& root) {
    if (!out_.empty()) out_ += '\n';
    out_ += head(root, Look::kBold);
    draw_children(root, "");
  }

  std::string take() { return std::move(out_); }

 private:
  std::string head(const Branch& branch, Look look) const {
    std::string line;
    if (!branch.relation.empty()) line += paint(branch.relation, Look::kDim, style_.colour) + " ";
    line += paint(clean(branch.label), look, style_.colour);
    const std::string detail = clean(branch.detail);
    if (!detail.empty()) line += "  " + paint("(" + detail + ")", Look::kDim, style_.colour);
    return line + "\n";
  }

  void draw_children(const Branch& branch, const std::string& indent) {
    for (std::size_t i = 0; i < branch.children.size(); ++i) {
      const Branch& child = branch.children[i];
      const bool is_last = i + 1 == branch.children.size();
      out_ += indent + (is_last ? "└─ " : "├─ ") + head(child, Look::kCyan);
      const std::string deeper = indent + (is_last ? "   " : "│  ");
      draw_quote(child, deeper);
      draw_children(child, deeper);
    }
  }

  /// One sentence often names many investors; it is shown once.
  void draw_quote(const Branch& branch, const std::string& indent) {
    if (branch.quote.empty() || branch.quote == last_quote_) return;
    last_quote_ = branch.quote;
    constexpr std::size_t kMinimumQuote = 20;
    const std::size_t margin = core::count_code_points(indent) + 4;
    const std::size_t room =
        style_.width > margin + kMinimumQuote ? style_.width - margin : kMinimumQuote;
    const std::string bar = branch.children.empty() ? "  " : "│ ";
    const std::string quote = "“" + shorten(clean(branch.quote), room) + "”";
    out_ += indent + bar + paint(quote, Look::kDim, style_.colour) + "\n";
  }

  TreeStyle style_;
  std::string out_;
  std::string last_quote_;
};

std::string count(std::size_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

}  // namespace

std::string render_tree(const graph::Graph& graph, const TreeStyle& style) {
  const BranchTree tree = build_branches(graph);
  Drawer drawer(style);
  for (const Branch& root : tree.roots) drawer.draw_root(root);
  std::string out = drawer.take();
  std::string summary = count(graph.nodes.size(), "node", "nodes") + ", " +
                        count(graph.edges.size(), "edge", "edges");
  if (tree.co_investments != 0) {
    summary += ", of them " + count(tree.co_investments, "co-investment", "co-investments");
  }
  if (!out.empty()) out += '\n';
  return out + paint(summary, Look::kDim, style.colour) + "\n";
}

}  // namespace graphrail::app

#include "page/html_tree.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace graphrail::page {
namespace {

/// The tree as nested parentheses: "p(a b(c))".
std::string shape(const HtmlTree& tree, NodeIndex node) {
  if (tree[node].tag == Tag::kText) return std::string(tree[node].text);
  std::string out(tag_name(tree[node].tag));
  std::string inside;
  for (NodeIndex child = node + 1; child < tree[node].end; child = tree[child].end) {
    inside += (inside.empty() ? "" : " ") + shape(tree, child);
  }
  return inside.empty() ? out : out + "(" + inside + ")";
}

std::string shape_of(std::string_view html, bool is_xml = false) {
  return shape(HtmlTree::parse(html, is_xml), 0);
}

TEST(HtmlTree, ClosesWhatTheNextTagImplies) {
  EXPECT_EQ(shape_of("<p>a<p>b<div>c</div>"), "(p(a) p(b) div(c))");
  EXPECT_EQ(shape_of("<ul><li>a<li>b<ul><li>c</ul>d</ul>"), "(ul(li(a) li(b ul(li(c)) d)))");
  EXPECT_EQ(shape_of("<dl><dt>a<dd>b<dt>c</dl>"), "(dl(dt(a) dd(b) dt(c)))");
  EXPECT_EQ(shape_of("<h1>a<h2>b</h2>"), "(h1(a) h2(b))");
}

TEST(HtmlTree, BuildsTablesWithoutEndTags) {
  EXPECT_EQ(shape_of("<table><tr><td>a<td>b<tr><th>c</table>d"),
            "(table(tr(td(a) td(b)) tr(th(c))) d)");
  EXPECT_EQ(shape_of("<table><tr><td><table><tr><td>x</table>y</table>"),
            "(table(tr(td(table(tr(td(x))) y))))");
  EXPECT_EQ(shape_of("<td>a<tr>b"), "(a b)");
}

TEST(HtmlTree, IgnoresStrayEndTags) {
  EXPECT_EQ(shape_of("a</div>b</p></span>c"), "(a b c)");
  EXPECT_EQ(shape_of("<div><b>a</div>b</b>c"), "(div(b(a)) b c)");
  EXPECT_EQ(shape_of("<table><tr><td>a</div>b</table>"), "(table(tr(td(a b))))");
}

TEST(HtmlTree, LinksEndWhereTheyAreClosedAlthoughABlockIsOpen) {
  const HtmlTree tree = HtmlTree::parse("<a href=x><div>in</a>out</div>");
  std::string linked;
  for (const Node& node : tree.nodes()) {
    if (node.in_link && node.tag == Tag::kText) linked += node.text;
  }
  EXPECT_EQ(linked, "in");
}

TEST(HtmlTree, ForeignTitlesDoNotSwallowThePage) {
  EXPECT_EQ(shape_of("<svg><title/><g></g></svg><p>a</p>"), "(svg(title ) p(a))");
}

TEST(HtmlTree, XmlElementsMayCompleteThemselves) {
  EXPECT_EQ(shape_of("<div/><script/><p>a</p>", true), "(div script p(a))");
}

TEST(HtmlTree, DepthIsLimited) {
  std::string html;
  for (int i = 0; i < 100000; ++i) html += "<div>";
  const HtmlTree tree = HtmlTree::parse(html + "x");
  for (const Node& node : tree.nodes()) EXPECT_LE(node.depth, HtmlTree::kMaxDepth);
  EXPECT_EQ(tree.size(), 100002U);
}

// Every node lies inside its parent's range, whatever the input.
RC_GTEST_PROP(HtmlTreeProperty, NodesLieInsideTheirParents, ()) {
  const auto parts =
      *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(std::vector<std::string>{
          "<p>",   "</p>",     "<div>",      "</div>", "<li>", "<ul>", "</ul>", "<table>",
          "<td>",  "</table>", "<a href=x>", "</a>",   "<b>",  "</b>", "text",  "<",
          "<svg>", "</svg>",   "<h1>",       "</h2>",  "<!--", "-->",  "&amp;"}));
  std::string html;
  for (const std::string& part : parts) html += part;
  const HtmlTree tree = HtmlTree::parse(html);
  for (NodeIndex i = 1; i < tree.size(); ++i) {
    RC_ASSERT(tree[i].parent < i);
    RC_ASSERT(tree[i].end > i);
    RC_ASSERT(tree[i].end <= tree[tree[i].parent].end);
  }
}

}  // namespace
}  // namespace graphrail::page

// Graphs as a careless engine might emit them: ids that collide or are no slugs, unknown types,
// dangling and repeated edges, quotes at wrong places. For property tests.
#pragma once

#include <rapidcheck.h>

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "core/utf8.h"
#include "graph/graph.h"

namespace graphrail::graph {

inline const std::string kRandomText = "Nübe raised 5 m€ from Ärlig Capital. 日本 too — Söder led.";

/// A few code points from anywhere in Unicode, most from the scripts that texts are written in.
inline rc::Gen<std::string> random_letters() {
  const auto code_point =
      rc::gen::weightedOneOf<std::uint32_t>({{4, rc::gen::inRange<std::uint32_t>(0x20, 0x600)},
                                             {2, rc::gen::inRange<std::uint32_t>(0x1E00, 0x3200)},
                                             {1, rc::gen::inRange<std::uint32_t>(1, 0x110000)}});
  return rc::gen::map(rc::gen::container<std::vector<std::uint32_t>>(code_point),
                      [](const std::vector<std::uint32_t>& code_points) {
                        std::string out;
                        for (const std::uint32_t c : code_points) core::append_utf8(out, c);
                        return out;
                      });
}

/// Mostly one of a few names, so that ids collide and edges find their nodes.
inline rc::Gen<std::string> random_label() {
  const auto known =
      rc::gen::element<std::string>("nova", "nova-2", "Nova", "Nova!", "Ärlig Capital", "", " ",
                                    "日本", "!!!", "a--b", std::string(90, 'q'));
  return rc::gen::weightedOneOf<std::string>({{5, known}, {1, random_letters()}});
}

inline rc::Gen<Node> random_node() {
  return rc::gen::map(
      rc::gen::tuple(random_label(), random_label(),
                     rc::gen::element<std::string>("Investor", "Project", "Round", "Person",
                                                   "Narrative", "Planet")),
      [](const std::tuple<std::string, std::string, std::string>& parts) {
        Node node;
        node.id = std::get<0>(parts);
        node.label = std::get<1>(parts);
        node.type = std::get<2>(parts);
        node.aliases = {node.id};
        node.properties["amount"] = 5;
        return node;
      });
}

/// Mostly a true span of kRandomText, sometimes shifted by one.
inline rc::Gen<Evidence> random_evidence() {
  return rc::gen::map(
      rc::gen::tuple(rc::gen::inRange(0, 50), rc::gen::inRange(0, 12), rc::gen::inRange(0, 4)),
      [](const std::tuple<int, int, int>& parts) {
        const core::CodePointIndex index(kRandomText);
        const auto start = static_cast<std::size_t>(std::get<0>(parts));
        const auto end = start + static_cast<std::size_t>(std::get<1>(parts));
        const std::size_t from = index.byte_offset_of(start);
        const std::size_t shift = std::get<2>(parts) == 0 ? 1 : 0;
        return Evidence{kRandomText.substr(from, index.byte_offset_of(end) - from), start + shift,
                        end + shift};
      });
}

inline rc::Gen<Edge> random_edge() {
  return rc::gen::map(
      rc::gen::tuple(random_label(), random_label(),
                     rc::gen::element<std::string>("LED", "INVESTED_IN", "RAISED", "CO_INVESTED",
                                                   "FOUNDED", "ADMIRES", ""),
                     rc::gen::container<std::vector<Evidence>>(random_evidence())),
      [](const std::tuple<std::string, std::string, std::string, std::vector<Evidence>>& parts) {
        return Edge{std::get<0>(parts), std::get<1>(parts), std::get<2>(parts), std::get<3>(parts)};
      });
}

inline rc::Gen<Graph> random_graph() {
  return rc::gen::map(rc::gen::tuple(rc::gen::container<std::vector<Node>>(random_node()),
                                     rc::gen::container<std::vector<Edge>>(random_edge())),
                      [](const std::tuple<std::vector<Node>, std::vector<Edge>>& parts) {
                        return Graph{std::get<0>(parts), std::get<1>(parts)};
                      });
}

}  // namespace graphrail::graph

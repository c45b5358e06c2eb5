// The checks of the source tree. Each takes files and returns what it objects to, so that it can be
// tried on snippets; tree_test.cpp runs all of them over the project. A line is exempt from a check
// when it, or the line above, says `tidy-allow(<check>): <reason>`.
#pragma once

#include <vector>

#include "tidy/source_file.h"

namespace graphrail::tidy {

using Problems = std::vector<Problem>;

/// "size": files of at most 500 lines, functions of at most 70.
[[nodiscard]] Problems check_sizes(const SourceFile& file);

/// "layout": lines of at most 100 code points (longer when a URL or raw string makes them so), no
/// tabs, no trailing space, one line break at the end.
[[nodiscard]] Problems check_layout(const SourceFile& file);

/// "header": `#pragma once`, and a paragraph at the top that says what the file is.
[[nodiscard]] Problems check_header(const SourceFile& file);

/// "leftover": marks of unfinished work and code that was commented out.
[[nodiscard]] Problems check_leftovers(const SourceFile& file);

/// "banned": identifiers with a better replacement, which the message names.
[[nodiscard]] Problems check_banned(const SourceFile& file);

/// "self": no machine's paths, no host of a package registry: the project speaks only of itself.
[[nodiscard]] Problems check_self_contained(const SourceFile& file);

/// "await": no brace-built value, capturing lambda or `?:` in one full expression with co_await.
[[nodiscard]] Problems check_await_expressions(const SourceFile& file);

/// "reference": coroutines take their parameters by value (CP.53).
[[nodiscard]] Problems check_coroutine_parameters(const SourceFile& file);

/// "lambda": coroutine lambdas capture nothing (CP.51).
[[nodiscard]] Problems check_coroutine_lambdas(const SourceFile& file);

/// "lock": no lock is held across co_await (CP.52).
[[nodiscard]] Problems check_locks(const SourceFile& file);

/// "layer": what each room's CMakeLists.txt USES is within the architecture, and what its files
/// include is within USES: what a used room uses is no permission.
[[nodiscard]] Problems check_layers(const std::vector<SourceFile>& files);

/// "concrete": implementations of interfaces, and the functions that make them, are named only in
/// their own room and where the program is put together (app/compose*.cpp).
[[nodiscard]] Problems check_concretes(const std::vector<SourceFile>& files);

}  // namespace graphrail::tidy

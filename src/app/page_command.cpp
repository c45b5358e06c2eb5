#include "app/page_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <filesystem>

#include "app/compose.h"
#include "app/files.h"
#include "app/page_files.h"
#include "app/progress.h"
#include "app/run_to_end.h"
#include "app/terminal.h"
#include "core/clock.h"
#include "generate/source.h"
#include "page/page_text.h"

namespace graphrail::app {
namespace {

namespace json = boost::json;

void complain(std::string_view message) {
  (void)write_all(STDERR_FILENO, fmt::format("graphrail: {}\n", message));
}

std::string describe(const core::Error& error) {
  if (error.reason().empty()) return error.public_text();
  return fmt::format("{} ({})", error.public_text(), error.reason());
}

json::object to_json(const page::PageText& page) {
  return {{"title", page.title},
          {"site_name", page.site_name},
          {"published", page.published},
          {"canonical_url", page.canonical_url},
          {"charset", page.charset},
          {"removed_invisible_chars", page.removed_invisible_chars},
          {"text", page.text}};
}

std::string render(const page::PageText& page, const PageCommand& command) {
  if (command.format == "json") return json::serialize(to_json(page)) + "\n";
  return page.title.empty() ? page.text + "\n" : fmt::format("{}\n\n{}\n", page.title, page.text);
}

core::Result<page::PageText> read_saved(const std::string& path, const std::string& url,
                                        const config::Settings& settings) {
  core::Result<std::string> bytes = read_page_file(path);
  if (!bytes) return core::fail(std::move(bytes.error()));
  page::PageSource source;
  source.url = url;
  source.minimum_chars = settings.min_page_chars;
  return page::read_page(*bytes, source);
}

core::Result<page::PageText> read_address(const std::string& url,
                                          const config::Settings& settings) {
  auto reader = compose_page_reader(settings);
  if (!reader) return core::fail(std::move(reader.error()));
  page::PageRequest request{.url = url};
  core::Result<page::PageReading> read = run_to_end((*reader)->read(std::move(request)));
  if (!read) return core::fail(std::move(read.error()));
  return read->page->page;
}

ExitCode write(const std::string& text, const std::string& output) {
  const core::Result<void> written =
      output.empty() ? write_all(STDOUT_FILENO, text) : write_file(output, text);
  if (written) return kOk;
  complain(describe(written.error()));
  return kFailed;
}

ExitCode run_one(const PageCommand& command, const config::Settings& settings) {
  const core::Result<page::PageText> page = generate::is_url(command.input)
                                                ? read_address(command.input, settings)
                                                : read_saved(command.input, command.url, settings);
  if (!page) {
    complain(describe(page.error()));
    return kFailed;
  }
  return write(render(*page, command), command.output);
}

/// {file,text,…} or {file,text:"",error,message}: a page without text is a line like any other.
std::string render_line(const std::string& name, const core::Result<page::PageText>& page) {
  json::object line{{"file", name}};
  if (page) {
    for (const auto& member : to_json(*page)) line[member.key()] = member.value();
  } else {
    line["text"] = "";
    line["error"] = page.error().reason().empty() ? "failed" : page.error().reason();
    line["message"] = page.error().public_text();
  }
  return json::serialize(line) + "\n";
}

ExitCode run_folder(const PageCommand& command, const config::Settings& settings) {
  const core::Result<std::vector<std::string>> names = list_page_files(command.batch);
  if (!names) {
    complain(describe(names.error()));
    return kFailed;
  }
  std::string lines;
  BatchProgress progress;
  {
    // tidy-allow(concrete): paces the progress line on this terminal, decides nothing else
    core::SystemClock clock;
    ProgressLine line(STDERR_FILENO, names->size(), clock);
    for (const std::string& name : *names) {
      const auto page =
          read_saved((std::filesystem::path(command.batch) / name).string(), "", settings);
      lines += render_line(name, page);
      ++(page ? progress.done : progress.failed);
      ++progress.bytes_read;
      line.show(progress);
    }
  }
  complain(summarise(progress));
  return write(lines, command.output);
}

}  // namespace

ExitCode run_page(const PageCommand& command, const config::Settings& settings) {
  return command.batch.empty() ? run_one(command, settings) : run_folder(command, settings);
}

}  // namespace graphrail::app

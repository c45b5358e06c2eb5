#include "generate/report_json.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

#include "graph/json.h"

namespace graphrail::generate {

namespace json = boost::json;

json::object to_json(const extract::Coverage& coverage) {
  return {{"chunks", coverage.chunks},
          {"failed_chunks", coverage.failed_chunks},
          {"chars_read", coverage.chars_read},
          {"chars", coverage.chars}};
}

json::object to_json(const extract::EntityMerge& merge) {
  return {{"label", merge.label}, {"into", merge.into}, {"reason", merge.reason}};
}

namespace {

extract::Coverage read_coverage(const json::object& from) {
  extract::Coverage coverage;
  coverage.chunks = json::value_to<std::size_t>(from.at("chunks"));
  coverage.failed_chunks = json::value_to<std::size_t>(from.at("failed_chunks"));
  coverage.chars_read = json::value_to<std::size_t>(from.at("chars_read"));
  coverage.chars = json::value_to<std::size_t>(from.at("chars"));
  return coverage;
}

std::string text_of(const json::object& from, std::string_view name) {
  return json::value_to<std::string>(from.at(name));
}

extract::ExtractionReport read_members(const json::object& from) {
  extract::ExtractionReport report;
  report.engine = text_of(from, "engine");
  report.model = text_of(from, "model");
  report.rung = text_of(from, "rung");
  report.prompt_version = text_of(from, "prompt_version");
  report.truncated = from.at("truncated").as_bool();
  if (const json::object* coverage = from.at("coverage").if_object()) {
    report.coverage = read_coverage(*coverage);
  }
  for (const json::value& merge : from.at("merges").as_array()) {
    const json::object& members = merge.as_object();
    report.merges.push_back(
        {text_of(members, "label"), text_of(members, "into"), text_of(members, "reason")});
  }
  for (const json::value& warning : from.at("warnings").as_array()) {
    const json::object& members = warning.as_object();
    report.warnings.push_back({text_of(members, "code"), text_of(members, "message")});
  }
  return report;
}

}  // namespace

std::string write_report(const extract::ExtractionReport& report) {
  json::array merges;
  for (const extract::EntityMerge& merge : report.merges) merges.push_back(to_json(merge));
  json::array warnings;
  for (const graph::Warning& warning : report.warnings) {
    warnings.push_back(graph::to_json(warning));
  }
  json::object out{{"engine", report.engine},
                   {"model", report.model},
                   {"rung", report.rung},
                   {"prompt_version", report.prompt_version},
                   {"truncated", report.truncated}};
  out["coverage"] = report.coverage ? json::value(to_json(*report.coverage)) : nullptr;
  out["merges"] = std::move(merges);
  out["warnings"] = std::move(warnings);
  return json::serialize(out);
}

std::optional<extract::ExtractionReport> read_report(std::string_view text) {
  boost::system::error_code failed;
  const json::value value = json::parse(text, failed);
  if (failed || !value.is_object()) return std::nullopt;
  try {
    return read_members(value.get_object());
  } catch (const std::exception&) {
    // A store of another version: the same as nothing kept.
    return std::nullopt;
  }
}

}  // namespace graphrail::generate

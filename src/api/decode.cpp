#include "api/decode.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "api/json_members.h"

namespace graphrail::api {
namespace {

using generate::Engine;
using generate::GenerateRequest;

constexpr std::array<std::string_view, 3> kEngines{"auto", "llm", "rules"};
constexpr std::array<std::string_view, 2> kSchemas{"venture", "general"};

void store_input(GenerateRequest& request, JsonMember& member) {
  request.input = std::move(member.text);
}
void store_force_refresh(GenerateRequest& request, JsonMember& member) {
  request.force_refresh = member.flag;
}
void store_engine(GenerateRequest& request, JsonMember& member) {
  static constexpr std::array kValues{Engine::kAuto, Engine::kLlm, Engine::kRules};
  const auto found = std::ranges::find(kEngines, member.text);
  request.engine = kValues[static_cast<std::size_t>(found - kEngines.begin())];
}
void store_schema(GenerateRequest& request, JsonMember& member) {
  request.schema = std::move(member.text);
}

/// What a member of the body must be like, and where its value goes.
struct MemberRule {
  std::string_view name;
  JsonKind kind;
  bool is_required;
  /// The values a string may have; empty for any.
  std::span<const std::string_view> allowed;
  void (*store)(GenerateRequest& request, JsonMember& member);
};

constexpr std::array<MemberRule, 4> kGenerateMembers{{
    {"input", JsonKind::kString, true, {}, store_input},
    {"force_refresh", JsonKind::kBoolean, false, {}, store_force_refresh},
    {"engine", JsonKind::kString, false, kEngines, store_engine},
    {"schema", JsonKind::kString, false, kSchemas, store_schema},
}};

std::unexpected<core::Error> fail_member(DecodeError code, std::string_view name,
                                         std::string text) {
  return core::fail(core::Error(code, {std::move(text)}).with_field(std::string(name)));
}

core::Result<void> check_value(const MemberRule& rule, const JsonMember& member) {
  if (member.kind != rule.kind) {
    return fail_member(DecodeError::kWrongType, rule.name,
                       fmt::format("\"{}\" must be {}, not {}.", rule.name, describe(rule.kind),
                                   describe(member.kind)));
  }
  if (!rule.allowed.empty() && std::ranges::find(rule.allowed, member.text) == rule.allowed.end()) {
    return fail_member(
        DecodeError::kValueNotAllowed, rule.name,
        fmt::format("\"{}\" must be one of \"{}\".", rule.name, fmt::join(rule.allowed, "\", \"")));
  }
  return {};
}

/// Applies one row of the table: finds its member, checks it, stores it.
core::Result<void> apply(const MemberRule& rule, std::vector<JsonMember>& members,
                         GenerateRequest& request) {
  const auto found = std::ranges::find(members, rule.name, &JsonMember::name);
  if (found == members.end()) {
    if (!rule.is_required) return {};
    return fail_member(
        DecodeError::kMissingMember, rule.name,
        fmt::format("\"{}\" is missing; it must be {}.", rule.name, describe(rule.kind)));
  }
  if (std::ranges::find(found + 1, members.end(), rule.name, &JsonMember::name) != members.end()) {
    return fail_member(DecodeError::kDuplicateMember, rule.name,
                       fmt::format("\"{}\" stands more than once.", rule.name));
  }
  if (auto checked = check_value(rule, *found); !checked) return checked;
  rule.store(request, *found);
  return {};
}

constexpr std::string_view kBlank = " \t\r\n";

std::string_view trim(std::string_view text) noexcept {
  const auto first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

/// True unless the parameter names a charset other than UTF-8.
bool is_harmless_parameter(std::string_view parameter) noexcept {
  const auto equals = parameter.find('=');
  if (equals == std::string_view::npos) return false;
  if (!equals_ignoring_case(trim(parameter.substr(0, equals)), "charset")) return true;
  std::string_view value = trim(parameter.substr(equals + 1));
  if (value.size() >= 2 && value.starts_with('"') && value.ends_with('"')) {
    value = value.substr(1, value.size() - 2);
  }
  return equals_ignoring_case(value, "utf-8");
}

}  // namespace

bool is_json_content_type(std::string_view content_type) noexcept {
  const auto type_end = content_type.find(';');
  if (!equals_ignoring_case(trim(content_type.substr(0, type_end)), "application/json")) {
    return false;
  }
  if (type_end == std::string_view::npos) return true;
  std::string_view parameters = content_type.substr(type_end + 1);
  while (true) {
    const auto end = parameters.find(';');
    const std::string_view parameter = trim(parameters.substr(0, end));
    if (!parameter.empty() && !is_harmless_parameter(parameter)) return false;
    if (end == std::string_view::npos) return true;
    parameters.remove_prefix(end + 1);
  }
}

core::Result<GenerateRequest> decode_generate_request(std::string_view content_type,
                                                      std::string_view body) {
  if (!is_json_content_type(content_type)) {
    return core::fail(DecodeError::kUnsupportedMediaType,
                      {"Send the body as JSON with \"Content-Type: application/json\"."});
  }
  auto members = read_json_members(body);
  if (!members) return core::fail(std::move(members.error()));
  GenerateRequest request;
  for (const MemberRule& rule : kGenerateMembers) {
    if (auto applied = apply(rule, *members, request); !applied) {
      return core::fail(std::move(applied.error()));
    }
  }
  return request;
}

}  // namespace graphrail::api

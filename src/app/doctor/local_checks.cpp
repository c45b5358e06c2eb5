#include "app/doctor/local_checks.h"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <fstream>

namespace graphrail::app::doctor {
namespace {

using boost::asio::ip::tcp;

constexpr std::string_view kBeginCertificate = "-----BEGIN ";

PortState state_of(const boost::system::error_code& code) {
  namespace errc = boost::system::errc;
  if (!code) return PortState::kFree;
  if (code == errc::address_in_use) return PortState::kTaken;
  if (code == errc::permission_denied) return PortState::kNotAllowed;
  if (code == errc::address_not_available) return PortState::kNoSuchAddress;
  return PortState::kOtherwise;
}

}  // namespace

Check check_configuration(std::span<const config::ResolvedValue> values) {
  std::string named;
  boost::json::object sources;
  for (const config::ResolvedValue& value : values) {
    if (value.is_default) continue;
    named += fmt::format("{}{} ({})", named.empty() ? "" : ", ", value.option->name, value.source);
    sources[value.option->name] = value.source;
  }
  Check check{.name = "configuration"};
  check.seen = named.empty() ? fmt::format("{} settings, all as by default", values.size())
                             : fmt::format("valid; set: {}", named);
  check.detail["set"] = std::move(sources);
  return check;
}

Check check_ca_file(std::string_view option, const std::string& path) {
  Check check{.name = "authorities", .seen = fmt::format("{} can be read ({})", path, option)};
  std::ifstream file(path, std::ios::binary);
  std::string line;
  bool has_certificate = false;
  // Some bundles begin with comments; a PEM file's marks stand at the beginning of a line.
  while (!has_certificate && std::getline(file, line)) {
    has_certificate = line.starts_with(kBeginCertificate) && line.contains("CERTIFICATE");
  }
  if (has_certificate) return check;
  check.state = CheckState::kFailed;
  check.seen = file.is_open() ? fmt::format("{} holds no certificate ({})", path, option)
                              : fmt::format("{} cannot be read ({})", path, option);
  check.mend = fmt::format(
      "Set {} to a readable PEM file of certificate authorities, or leave it empty for the "
      "system's.",
      option);
  return check;
}

PortSight look_at_port(const config::Settings& settings) {
  boost::asio::io_context context{1};
  tcp::acceptor acceptor(context);
  boost::system::error_code code;
  const auto address = boost::asio::ip::make_address(settings.bind, code);
  if (code) return {PortState::kNoSuchAddress, code.message(), ""};
  const tcp::endpoint endpoint(address, static_cast<std::uint16_t>(settings.port));
  acceptor.open(endpoint.protocol(), code);
  // As the listener does it: connections that have just ended do not keep the port.
  if (!code) acceptor.set_option(tcp::acceptor::reuse_address(true), code);
  if (!code) acceptor.bind(endpoint, code);
  if (!code) acceptor.listen(1, code);
  return {state_of(code), code ? code.message() : "", ""};
}

Check check_port(const config::Settings& settings, const PortSight& sight) {
  const std::string where = fmt::format("{} port {}", settings.bind, settings.port);
  Check check{.name = "port", .detail = {{"bind", settings.bind}, {"port", settings.port}}};
  switch (sight.state) {
    case PortState::kFree:
      check.seen = settings.port == 0 ? fmt::format("{}, any free port", settings.bind)
                                      : fmt::format("{} is free", where);
      return check;
    case PortState::kTaken:
      check.detail["owner"] = sight.owner;
      if (!sight.owner.empty()) {
        check.state = CheckState::kNote;
        check.seen = fmt::format("{} is taken: {} answers there", where, sight.owner);
        return check;
      }
      check.state = CheckState::kFailed;
      check.seen = fmt::format("{} is taken by another program", where);
      check.mend = "Set PORT to another one, or end that program.";
      return check;
    case PortState::kNotAllowed:
      check.mend =
          "Ports below 1024 need the right to take them (CAP_NET_BIND_SERVICE); set PORT to 8000 "
          "and put a proxy in front.";
      break;
    case PortState::kNoSuchAddress:
      check.mend = "Set BIND to an address of this machine, or to 0.0.0.0 or :: for all of them.";
      break;
    case PortState::kOtherwise:
      check.mend = "Set BIND and PORT to what this machine has.";
      break;
  }
  check.state = CheckState::kFailed;
  check.seen = fmt::format("{} cannot be listened on: {}", where, sight.cause);
  return check;
}

}  // namespace graphrail::app::doctor

// Tells systemd (Type=notify) how far this process is, by the protocol of sd_notify(3): one
// datagram to the socket named by $NOTIFY_SOCKET.
#pragma once

#include <string_view>

namespace graphrail::app {

/// Sends `state` ("READY=1", "STOPPING=1") to `socket_path`, where a leading "@" stands for the
/// abstract namespace. False when nobody listens; the caller need not care.
bool send_notification(std::string_view socket_path, std::string_view state) noexcept;

/// The same towards $NOTIFY_SOCKET; nothing happens when it is not set.
void notify_service_manager(std::string_view state) noexcept;

}  // namespace graphrail::app

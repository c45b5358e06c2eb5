// The precompiled header of rooms that do I/O: the standard set plus Asio and Beast.
#pragma once
#include "std.h"

#include <boost/asio.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

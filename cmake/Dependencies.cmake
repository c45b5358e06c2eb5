# Debian 12 packages (listed in scripts/packages-*.txt). Boost 1.81 is installed next to 1.74.

set(Boost_NO_BOOST_CMAKE OFF)
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(CURL REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(PkgConfig REQUIRED)

# Asio and Beast are compiled once (src/core/asio.cpp, src/http/beast.cpp), not in every file.
add_library(graphrail_boost INTERFACE)
target_link_libraries(graphrail_boost INTERFACE Boost::json Boost::url Threads::Threads)
target_compile_definitions(graphrail_boost INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
  BOOST_ALL_NO_LIB
  # A request nests about eight coroutine frames; Asio's default keeps two for reuse.
  BOOST_ASIO_RECYCLING_ALLOCATOR_CACHE_SIZE=8)

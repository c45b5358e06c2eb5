#!/bin/sh
# The whole server against nginx on this machine: both answer one constant JSON document over
# keep-alive connections, measured in turns in the same run, so that the ratio is what counts.
#   bench/http_load.sh [rounds] [seconds per round] [connections]
# Needs nginx and wrk. Uses free loopback ports and a temporary folder, and ends what it started.
set -eu
rounds=${1:-3}
seconds=${2:-10}
connections=${3:-64}
root=$(cd "$(dirname "$0")/.." && pwd)
server=${SERVER:-$root/build/bench/bench/bench_constant_json_server}
work=$(mktemp -d)
nginx_pid=
server_pid=
stop() {
  [ -z "$nginx_pid" ] || kill "$nginx_pid" 2>/dev/null || true
  [ -z "$server_pid" ] || kill "$server_pid" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT INT TERM

free_port() {
  python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

nginx_port=$(free_port)
cat > "$work/nginx.conf" <<CONF
worker_processes auto;
daemon off;
pid $work/nginx.pid;
error_log $work/error.log warn;
events { worker_connections 20000; }
http {
  access_log off;
  keepalive_requests 1000000000;
  client_body_temp_path $work/body; proxy_temp_path $work/proxy; fastcgi_temp_path $work/fastcgi;
  uwsgi_temp_path $work/uwsgi; scgi_temp_path $work/scgi;
  server {
    listen 127.0.0.1:$nginx_port;
    location = /api/constant { default_type application/json; return 200 '{"status":"ok"}'; }
  }
}
CONF
nginx -c "$work/nginx.conf" -p "$work" 2>"$work/nginx.log" &
nginx_pid=$!
mkfifo "$work/stdin"
sleep 3600 > "$work/stdin" &
holder_pid=$!
trap 'kill $holder_pid 2>/dev/null || true; stop' EXIT INT TERM
"$server" < "$work/stdin" > "$work/port" &
server_pid=$!
tries=0
until [ -s "$work/port" ] && curl -fso /dev/null "http://127.0.0.1:$nginx_port/api/constant"; do
  tries=$((tries + 1))
  [ "$tries" -lt 100 ] || { echo "the servers did not start" >&2; exit 1; }
  sleep 0.1
done
port=$(cat "$work/port")
memory_of_server() { awk '/VmRSS/ {print $2, $3}' "/proc/$server_pid/status"; }
echo "idle memory: $(memory_of_server)"

# CPU time in clock ticks of a process and its children that still run.
ticks_of() {
  cat /proc/"$1"/stat $(pgrep -P "$1" | sed 's|.*|/proc/&/stat|') |
    awk '{ sub(/.*\) /, ""); total += $12 + $13 } END { print total }'
}

measure() {  # name port pid
  before=$(ticks_of "$3")
  wrk -t2 -c"$connections" -d"${seconds}s" --latency "http://127.0.0.1:$2/api/constant" \
    > "$work/wrk.$1"
  ticks=$(($(ticks_of "$3") - before))
  awk -v name="$1" -v cpu_us="$((ticks * 1000000 / $(getconf CLK_TCK)))" '
    function to_us(text) {
      if (text ~ /us$/) return text + 0
      if (text ~ /ms$/) return (text + 0) * 1000
      return (text + 0) * 1000000
    }
    $1 == "50%" { p50 = to_us($2) } $1 == "99%" { p99 = to_us($2) }
    / requests in / { count = $1 }
    $1 == "Requests/sec:" { rps = $2 } /Non-2xx|Socket errors/ { print "!! " name ": " $0 }
    END { printf "%s rps %.0f p50 %.0f us p99 %.0f us cpu %.2f us/request\n", name, rps, p50, p99,
          cpu_us / count }' "$work/wrk.$1"
}

round=1
while [ "$round" -le "$rounds" ]; do
  measure nginx "$nginx_port" "$nginx_pid" | tee -a "$work/results"
  measure graphrail "$port" "$server_pid" | tee -a "$work/results"
  round=$((round + 1))
done
echo "loaded memory: $(memory_of_server)"
python3 - "$port" <<'PY' > "$work/idle" &
import select, socket, sys
held = [socket.create_connection(("127.0.0.1", int(sys.argv[1]))) for _ in range(5000)]
request = b"GET /api/constant HTTP/1.1\r\nHost: bench\r\n\r\n"
for connection in held:
    connection.sendall(request)
for connection in held:
    connection.recv(4096)
print("held", flush=True)
select.select([], [], [], 3)
PY
idle_pid=$!
until [ -s "$work/idle" ] || ! kill -0 "$idle_pid" 2>/dev/null; do sleep 0.1; done
echo "memory with 5,000 idle connections: $(memory_of_server)"
wait "$idle_pid"
awk '{ rps[$1] += $3; p99[$1] += $8; cpu[$1] += $11 }
  END { printf "ratio rps %.3f (want >= 0.9), ratio p99 %.2f (want <= 2), ratio cpu %.2f\n",
        rps["graphrail"] / rps["nginx"], p99["graphrail"] / p99["nginx"],
        cpu["graphrail"] / cpu["nginx"] }' "$work/results"

#!/bin/sh
# The way of a text through a model: POST /api/generate of a server whose model is `mock-llm`,
# against the same model call sent to `mock-llm` itself. Both are measured in turns in the same
# run, so that the differences and ratios are what counts.
#   bench/model_path.sh [rounds] [seconds per round]
# Needs wrk, curl and python3. Uses free loopback ports and a temporary folder, and ends what it
# started. GRAPHRAIL names the binary if it is not the release build's.
set -eu
rounds=${1:-3}
seconds=${2:-5}
root=$(cd "$(dirname "$0")/.." && pwd)
graphrail=${GRAPHRAIL:-$root/build/release/graphrail}
work=$(mktemp -d)
started=
stop() {
  for pid in $started; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM

free_port() {
  python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

wait_for() {  # url
  tries=0
  until curl -so /dev/null "$1"; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || { echo "no answer from $1" >&2; exit 1; }
    sleep 0.1
  done
}

text="Tidewater Labs raised \$12 million in a Series A round led by Northlight Ventures, with \
participation from Alder Capital. The money goes into its network of buoys."
printf '{"input": "%s"}' "$text" > "$work/generate.json"

# The request that the server makes of its model, as it makes it.
capture_port=$(free_port)
python3 - "$capture_port" "$work/call.json" <<'PY' &
import http.server, sys
class Capture(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with open(sys.argv[2], "wb") as file:
            file.write(body)
        self.send_response(400)
        self.send_header("Content-Length", "0")
        self.end_headers()
    def log_message(self, *arguments):
        pass
server = http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Capture)
server.timeout = 30
server.handle_request()
PY
capture_pid=$!
started="$started $capture_pid"
export OPENAI_API_KEY=sk-bench LOG_LEVEL=warn QUOTA_ANON=off QUOTA_BURST=off
tries=0
until [ -s "$work/call.json" ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 50 ] || { echo "no model call was seen" >&2; exit 1; }
  printf '%s' "$text" | OPENAI_BASE_URL="http://127.0.0.1:$capture_port/v1" \
    "$graphrail" generate - --engine llm > /dev/null 2>&1 || true
  sleep 0.1
done

mock_port=$(free_port)
"$graphrail" mock-llm --port "$mock_port" > "$work/mock.log" 2>&1 &
mock_pid=$!
started="$started $mock_pid"
wait_for "http://127.0.0.1:$mock_port/v1/models"
port=$(free_port)
OPENAI_BASE_URL="http://127.0.0.1:$mock_port/v1" PORT=$port DATA_DIR="$work/data" \
  "$graphrail" serve > "$work/serve.log" 2>&1 &
serve_pid=$!
started="$started $serve_pid"
wait_for "http://127.0.0.1:$port/livez"

make_script() {  # name
  cat > "$work/$1.lua" <<LUA
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local file = io.open("$work/$1.json")
wrk.body = file:read("*a")
file:close()
LUA
}
make_script generate
make_script call
echo 'wrk.headers["Authorization"] = "Bearer sk-bench"' >> "$work/call.lua"

ticks_of() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"; }

measure() {  # name connections script url pid
  threads=$(($2 < 2 ? 1 : 2))
  before=$(ticks_of "$5")
  wrk -t"$threads" -c"$2" -d"${seconds}s" --latency -s "$work/$3.lua" "$4" > "$work/wrk"
  ticks=$(($(ticks_of "$5") - before))
  awk -v name="$1" -v clients="$2" -v cpu_us="$((ticks * 1000000 / $(getconf CLK_TCK)))" '
    function to_us(text) {
      if (text ~ /us$/) return text + 0
      if (text ~ /ms$/) return (text + 0) * 1000
      return (text + 0) * 1000000
    }
    $1 == "50%" { p50 = to_us($2) } $1 == "99%" { p99 = to_us($2) }
    / requests in / { count = $1 }
    $1 == "Requests/sec:" { rps = $2 } /Non-2xx|Socket errors/ { print "!! " name ": " $0 }
    END { printf "%s %d rps %.0f p50 %.0f us p99 %.0f us cpu %.0f us/request\n", name, clients,
          rps, p50, p99, (count > 0 ? cpu_us / count : 0) }' "$work/wrk"
}

url="http://127.0.0.1:$port/api/generate"
mock_url="http://127.0.0.1:$mock_port/v1/chat/completions"
for warm_up in "$url generate" "$mock_url call"; do
  wrk -t1 -c4 -d1s -s "$work/${warm_up##* }.lua" "${warm_up% *}" > /dev/null
done
round=1
while [ "$round" -le "$rounds" ]; do
  for clients in 1 16; do
    measure mock "$clients" call "$mock_url" "$mock_pid" | tee -a "$work/results"
    measure generate "$clients" generate "$url" "$serve_pid" | tee -a "$work/results"
  done
  round=$((round + 1))
done
python3 - "$work/results" <<'PY'
import statistics, sys
seen = {}
for line in open(sys.argv[1]):
    words = line.split()
    if words[0] != "!!":
        values = dict(rps=float(words[3]), p50=float(words[5]), p99=float(words[8]),
                      cpu=float(words[11]))
        seen.setdefault((words[0], int(words[1])), []).append(values)
def median(name, clients, key):
    return statistics.median(values[key] for values in seen[name, clients])
for name, clients in sorted(seen, key=lambda key: key[1]):
    print(f"median {name} {clients}:", ", ".join(
        f"{key} {median(name, clients, key):.0f}" for key in ("rps", "p50", "p99", "cpu")))
for clients in (1, 16):
    def added(key):
        return median("generate", clients, key) - median("mock", clients, key)
    ratio = median("generate", clients, "rps") / median("mock", clients, "rps")
    print(f"{clients} clients: added p50 {added('p50'):.0f} us, added p99 {added('p99'):.0f} us,"
          f" throughput ratio {ratio:.3f}")
print("want: added p99 <= 1000 us at 1 client, throughput ratio >= 0.5")
PY

#!/usr/bin/env bash
# fuzz.sh [seconds]: runs every built fuzz target of the preset `fuzz` for the given time (60 s),
# as many at once as there are processors. Seeds come from tests/fuzz/corpus/<name>, what a run
# finds is kept in build/fuzz/corpus/<name>. Prints "pass <name>" or "fail <name> <input>" a line.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

seconds=${1:-60}
targets=("$root"/build/fuzz/tests/fuzz_*)
mkdir -p "$root/build/fuzz/logs"
export ASAN_OPTIONS=${ASAN_OPTIONS-detect_leaks=1}
export ASAN_SYMBOLIZER_PATH=${ASAN_SYMBOLIZER_PATH-/usr/bin/llvm-symbolizer-19}

fuzz_one() {
  local target=$1 name=${1##*/fuzz_} log artifacts corpus limits
  log=$root/build/fuzz/logs/$name.log
  artifacts=$root/build/fuzz/artifacts/$name
  corpus=("$root/build/fuzz/corpus/$name")
  mkdir -p "${corpus[0]}" "$artifacts"
  if [[ -d $root/tests/fuzz/corpus/$name ]]; then corpus+=("$root/tests/fuzz/corpus/$name"); fi
  limits=(-max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048)
  if ((seconds == 0)); then limits=(-runs=0); fi
  if timeout --kill-after=10 $((seconds + 120)) "$target" "${limits[@]}" \
    -artifact_prefix="$artifacts/" -print_final_stats=1 "${corpus[@]}" >"$log" 2>&1 </dev/null; then
    echo "pass $name"
    return
  fi
  # Shown whole up to the stack: the report names the input that reproduces it.
  grep -nE 'ERROR|SUMMARY|Test unit written|runtime error|#[0-9]+ ' "$log" | head -n 40 >&2
  echo "fail $name $(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1) (log: $log)"
}

running=0
for target in "${targets[@]}"; do
  [[ -x $target ]] || continue
  if ((running == $(nproc))); then
    wait -n || true
    running=$((running - 1))
  fi
  fuzz_one "$target" &
  running=$((running + 1))
done
wait

# Stages of test and .ci/run: each has a name, a time limit, and ends with all it started. Counts
# of passed and failed checks add up over the stages. Needs lib.sh.
# shellcheck shell=bash disable=SC2154

report=()
passed_total=0
failed_total=0
stage_group=
watchdog_group=
stage_ok=1
stage_files=$(mktemp -d)
export ASAN_SYMBOLIZER_PATH=${ASAN_SYMBOLIZER_PATH-/usr/bin/llvm-symbolizer-19}

# The running stage is a process group of its own: asked to end, then ended.
end_stage_group() {
  local tries
  [[ -n $stage_group ]] && kill -TERM -- "-$stage_group" 2>/dev/null || return 0
  for ((tries = 0; tries < 50; ++tries)); do
    kill -0 -- "-$stage_group" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL -- "-$stage_group" 2>/dev/null || true
}
end_watchdog() {
  if [[ -n $watchdog_group ]]; then kill -TERM -- "-$watchdog_group" 2>/dev/null || true; fi
  watchdog_group=
}
trap 'end_watchdog; end_stage_group; rm -rf "$stage_files"' EXIT
trap 'exit 130' INT TERM HUP

# Called inside a stage: adds to the totals.
count() { echo "$1 $2" >>"$stage_files/counts"; }

# stage <name> <limit in seconds> <command...>: runs the command in a process group of its own.
# One that fails or runs over its limit counts as one failure unless it counted failures itself.
# Always returns 0; `stage_ok` says how it went.
stage() {
  local name=$1 limit=$2 started=$SECONDS status=0 passed=0 failed=0 note=''
  local more_passed more_failed
  shift 2
  say "== $name"
  : >"$stage_files/counts"
  set -m
  ("$@") </dev/null >&2 &
  stage_group=$!
  (sleep "$limit" && touch "$stage_files/late" && kill -TERM -- "-$stage_group") 2>/dev/null &
  watchdog_group=$!
  set +m
  wait "$stage_group" || status=$?
  end_watchdog
  end_stage_group
  stage_group=
  while read -r more_passed more_failed; do
    passed=$((passed + more_passed)) failed=$((failed + more_failed))
  done <"$stage_files/counts"
  if ((status != 0 && failed == 0)); then failed=1; fi
  if [[ -e $stage_files/late ]]; then note="  (over its limit of $limit s)"; fi
  rm -f "$stage_files/late"
  passed_total=$((passed_total + passed)) failed_total=$((failed_total + failed))
  report+=("$(printf '%-36s %5d s  %6d passed  %4d failed%s' "$name" $((SECONDS - started)) \
    "$passed" "$failed" "$note")")
  stage_ok=$((failed == 0))
}

# Like stage, but nothing after it makes sense when it fails.
need_stage() {
  stage "$@"
  if ((!stage_ok)); then finish; fi
}

# run_ctest <preset> [ctest arguments...]: runs the preset's tests, adds their numbers.
run_ctest() {
  local preset=$1 junit=$root/build/$1-junit.xml status=0 suite tests failed skipped
  shift
  rm -f "$junit"
  (cd "$root" && ctest --preset "$preset" --parallel "$(nproc)" --timeout 300 --no-tests=error \
    --output-junit "$junit" "$@") >"$root/build/$preset-ctest.log" 2>&1 || status=$?
  suite=$(grep -m 1 -A 12 '<testsuite' "$junit" | tr '\n\t' '  ')
  tests=$(sed -n 's/.* tests="\([0-9]*\)".*/\1/p' <<<"$suite")
  failed=$(sed -n 's/.* failures="\([0-9]*\)".*/\1/p' <<<"$suite")
  skipped=$(sed -n 's/.* skipped="\([0-9]*\)".*/\1/p' <<<"$suite")
  count $((tests - failed - skipped)) "$failed"
  if ((status != 0)); then
    grep -vE '^ *[0-9]+/[0-9]+ Test .* Passed|^ *Start ' "$root/build/$preset-ctest.log" >&2 || true
  fi
  return "$status"
}

# run_node_tests <folder>: Node's own test runner over the folder's *.test.mjs files.
run_node_tests() {
  local folder=$1 log=$root/build/${1//\//-}.log status=0 files
  mapfile -t files < <(find "$root/$folder" -name node_modules -prune -o -name '*.test.mjs' -print |
    sort)
  if ((${#files[@]} == 0)); then return; fi
  (cd "$root/$folder" && GRAPHRAIL_BINARY=$root/build/test/graphrail \
    node --test --test-reporter=tap "${files[@]}") >"$log" 2>&1 || status=$?
  count "$(sed -n 's/^# pass //p' "$log")" "$(sed -n 's/^# fail //p' "$log")"
  if ((status != 0)); then
    grep -vE '^ *(ok|# Subtest|  ---|  \.\.\.|duration_ms|type:)' "$log" >&2 || true
  fi
  return "$status"
}

# Prints the table and the totals, and ends the script.
finish() {
  say
  printf '%s\n' "${report[@]}" >&2
  printf '%d passed, %d failed\n' "$passed_total" "$failed_total"
  exit $((failed_total != 0))
}

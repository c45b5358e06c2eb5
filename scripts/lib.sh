# Shared by run, test, .ci/run and the scripts: where the tree is, and quiet builds of a preset.
# Everything here speaks on standard error, so that standard output belongs to the program.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

say() { printf '%s\n' "$*" >&2; }

# As many compiler jobs as there are processors, but no more than memory allows (1.2 GB each).
build_jobs() {
  local jobs memory_jobs
  jobs=$(nproc)
  memory_jobs=$(awk '/^MemAvailable:/ { print int($2 / 1200000) }' /proc/meminfo)
  if ((memory_jobs < jobs)); then jobs=$memory_jobs; fi
  echo $((jobs > 0 ? jobs : 1))
}

# Passes a build's output into a log file; shows "[12/80]" on a terminal, one line elsewhere.
show_progress() {
  local what=$1 log=$2 line announced=
  : >"$log"
  while IFS= read -r line; do
    printf '%s\n' "$line" >>"$log"
    [[ $line =~ ^\[([0-9]+/[0-9]+)\]\ (.*) && ${line:0:3} != "[0/" ]] || continue
    if [[ -t 2 ]]; then
      printf '\r\033[KBuilding %s %s' "$what" "${BASH_REMATCH[1]}" >&2
    elif [[ -z $announced ]]; then
      say "Building the preset $what ..."
    fi
    announced=yes
  done
  if [[ -n $announced && -t 2 ]]; then printf '\r\033[K' >&2; fi
}

# configure_preset <preset> [cmake arguments...]: only when the arguments, the presets or the place
# of the tree changed; CMake itself notices everything else.
configure_preset() {
  local preset=$1 dir=$root/build/$1 wanted log=$root/build/$1.log
  shift
  wanted="$root $* $(cksum <"$root/CMakePresets.json")"
  if [[ -f $dir/build.ninja && -f $dir/.configured && $(<"$dir/.configured") == "$wanted" ]]; then
    return
  fi
  if [[ -f $dir/CMakeCache.txt ]] &&
    ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$dir/CMakeCache.txt"; then
    rm -rf "$dir"
  fi
  if ! (cd "$root" && cmake --preset "$preset" "$@") >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    say "configuring the preset '$preset' failed"
    return 1
  fi
  printf '%s\n' "$wanted" >"$dir/.configured"
}

# build_preset <preset> [--define -DNAME=VALUE]... [targets...]: all targets when none is named.
# Quiet when it works; shows the log when it does not. Two builds of one preset take turns.
build_preset() {
  local preset=$1 log=$root/build/$1.log
  shift
  local definitions=()
  while [[ ${1-} == --define ]]; do
    definitions+=("$2")
    shift 2
  done
  mkdir -p "$root/build"
  (
    flock 9
    configure_preset "$preset" ${definitions[@]+"${definitions[@]}"} || exit 1
    set -o pipefail
    if ! ninja -C "$root/build/$preset" -j "$(build_jobs)" "$@" 2>&1 </dev/null |
      show_progress "$preset" "$log"; then
      grep -vE '^\[[0-9]+/[0-9]+\] (Building|Linking|Creating|Generating|Re-)' "$log" >&2 || true
      say "building the preset '$preset' failed (whole log: $log)"
      exit 1
    fi
  ) 9>"$root/build/$preset.lock"
}

#!/usr/bin/env bash
# install.sh [build|test|bench]...: installs the Debian packages and npm modules of the named parts
# (build when none is named) that this machine lacks. A second run finds nothing to do and needs no
# network. GRAPHRAIL_SKIP_INSTALL=1 leaves the machine alone.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

parts=("$@")
if [[ $# -eq 0 ]]; then parts=(build); fi

# The packages of a list file, without comments.
listed() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$root/scripts/packages-$1.txt"; }

# Those of the arguments that dpkg does not have installed.
missing_of() {
  local installed
  installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
    sed -n 's/ installed$//p' || true)
  comm -23 <(printf '%s\n' "$@" | sort -u) <(sort -u <<<"$installed")
}

# Folders with a lock file: the interface is part of the program, the others belong to tests.
npm_folders() {
  local folder candidates=(web)
  if [[ " ${parts[*]} " == *" test "* ]]; then
    candidates+=(packages/shared-types tests/contract)
  fi
  for folder in "${candidates[@]}"; do
    if [[ -f $root/$folder/package-lock.json ]]; then echo "$folder"; fi
  done
}

have_node() {
  local version
  command -v npm >/dev/null || return 1
  version=$(node --version 2>/dev/null) || return 1
  version=${version#v}
  ((${version%%.*} >= 18))
}

# Runs apt-get as root, through sudo when needed; without a terminal sudo must not ask.
as_root() {
  if [[ $EUID -eq 0 ]]; then
    "$@"
  elif [[ -t 0 ]]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 \
    -o Dpkg::Use-Pty=0 --no-install-recommends -y "$@" </dev/null
}

install_packages() {
  local by_hand="apt-get update && apt-get install --no-install-recommends -y $*"
  local log=$root/build/install.log
  if [[ $EUID -ne 0 ]] && ! command -v sudo >/dev/null; then
    say "Some Debian packages are missing. As root, run:"
    say "  $by_hand"
    return 1
  fi
  say "Installing $# Debian packages ..."
  # The package lists are fetched only when they are absent or do not lead to the packages.
  if apt_install --simulate install "$@" >"$log" 2>&1 && apt_install install "$@" >"$log" 2>&1; then
    return
  fi
  if as_root apt-get -qq update >"$log" 2>&1 </dev/null &&
    apt_install install "$@" >>"$log" 2>&1; then
    return
  fi
  tail -n 30 "$log" >&2
  say "Installing failed. As root, run:"
  say "  $by_hand"
  return 1
}

# npm ci, unless the modules there are already those of this lock file.
install_modules() {
  local folder=$1 stamp=$root/$1/node_modules/.installed-lock lock log=$root/build/npm.log
  lock=$(cksum <"$root/$folder/package-lock.json")
  if [[ $(cat "$stamp" 2>/dev/null) == "$lock" ]]; then return; fi
  say "Installing the npm modules of $folder ..."
  if ! (cd "$root/$folder" && npm ci --no-audit --no-fund) >"$log" 2>&1 </dev/null; then
    tail -n 30 "$log" >&2
    say "npm ci failed in $folder"
    return 1
  fi
  mkdir -p "$root/$folder/node_modules"
  printf '%s\n' "$lock" >"$stamp"
}

if [[ ${GRAPHRAIL_SKIP_INSTALL-} == 1 ]]; then exit 0; fi
mkdir -p "$root/build"
exec 9>"$root/build/install.lock"
flock 9

wanted=()
for part in build "${parts[@]}"; do
  mapfile -t -O "${#wanted[@]}" wanted < <(listed "$part")
done
mapfile -t folders < <(npm_folders)
if ((${#folders[@]} > 0)) && ! have_node; then wanted+=(nodejs npm); fi

if ! command -v dpkg-query >/dev/null; then
  say "This is not a Debian system; install the equivalents of these packages and set"
  say "GRAPHRAIL_SKIP_INSTALL=1: ${wanted[*]}"
  exit 1
fi
mapfile -t missing < <(missing_of "${wanted[@]}")
if ((${#missing[@]} > 0)); then install_packages "${missing[@]}"; fi
for folder in ${folders[@]+"${folders[@]}"}; do install_modules "$folder"; done

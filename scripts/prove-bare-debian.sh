#!/usr/bin/env bash
# prove-bare-debian.sh <new folder> [run|test]...: proves that a machine with nothing but Debian 12
# on it can build, run and test Graphrail. Makes a minimal Debian in the folder, puts a clean clone
# of the committed tree in, and calls `./run version` and `./test` there as root (or only the one
# named). Package sources, proxies and npm settings are this machine's own. Needs root, debootstrap
# and git here; unmounts what it mounted, leaves the folder for a look.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

if [[ $# -eq 0 || $EUID -ne 0 ]]; then
  say "usage, as root: scripts/prove-bare-debian.sh <new folder> [run|test]..."
  exit 2
fi
bare=$(realpath -m "$1")
shift
if [[ $# -eq 0 ]]; then set -- run test; fi
if [[ -d $bare && -n $(ls -A "$bare") ]]; then
  say "$bare is not empty"
  exit 2
fi

# shellcheck disable=SC2317  # called by the trap
end_mounts() {
  local place
  for place in dev proc; do
    if mountpoint -q "$bare/$place"; then umount "$bare/$place" || umount -l "$bare/$place"; fi
  done
}
trap end_mounts EXIT
trap 'exit 130' INT TERM HUP

# The sources of Debian's own archive, in either of apt's two formats.
debian_sources=()
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
  if [[ -f $file ]] && grep -qE '^(Suites:|deb ).*bookworm' "$file" &&
    grep -qE '^Components:.*main|^deb .* main' "$file" &&
    grep -qE '/debian(-security)?/?( |$)' "$file"; then
    debian_sources+=("$file")
  fi
done
mirror=$(sed -nE 's/^URIs: *([^ ]+).*/\1/p; s/^deb +(\[[^]]*\] +)?([^ ]+) bookworm .*/\2/p' \
  "${debian_sources[@]}" | head -n 1)

say "== a minimal Debian in $bare"
mkdir -p "$bare"
debootstrap --variant=minbase bookworm "$bare" "$mirror" >"$bare.log" 2>&1 || {
  tail -n 20 "$bare.log" >&2
  exit 1
}

# Where packages come from is this machine's business and is written nowhere else.
rm -f "$bare/etc/apt/sources.list"
cp "${debian_sources[@]}" "$bare/etc/apt/sources.list.d/" 2>/dev/null
if [[ -f $bare/etc/apt/sources.list.d/sources.list ]]; then
  mv "$bare/etc/apt/sources.list.d/sources.list" "$bare/etc/apt/sources.list"
fi
apt-config dump | grep '^Acquire::' >"$bare/etc/apt/apt.conf.d/99outer" || true
for file in /etc/resolv.conf /etc/hosts; do cp -L "$file" "$bare$file"; done
for file in /etc/npmrc "$HOME/.npmrc"; do
  if [[ -f $file ]]; then install -m 600 "$file" "$bare/root/.npmrc"; fi
done
if [[ -d /usr/local/share/ca-certificates ]]; then
  mkdir -p "$bare/usr/local/share/ca-certificates"
  cp -rL /usr/local/share/ca-certificates/. "$bare/usr/local/share/ca-certificates/"
fi
git clone --quiet --no-hardlinks "$root" "$bare/srv/graphrail"
mount -t proc proc "$bare/proc"
mount --bind /dev "$bare/dev"

environment=(PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TERM=dumb)
while IFS= read -r name; do environment+=("$name=${!name}"); done < <(
  compgen -e | grep -iE '^(https?|all|no)_proxy$|^npm_config_|^GRAPHRAIL_(FUZZ|WERROR)' || true)

status=0
for step in "$@"; do
  command=./$step
  if [[ $step == run ]]; then command="./run version"; fi
  say "== $command"
  started=$SECONDS
  env -i "${environment[@]}" chroot "$bare" bash -c "cd /srv/graphrail && $command" </dev/null ||
    status=$?
  say "== $command took $((SECONDS - started)) s, status $status"
  if ((status != 0)); then break; fi
done
exit "$status"

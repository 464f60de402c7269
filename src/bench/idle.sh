#!/usr/bin/env bash
# Sessions that just stay: memory of the server for each, and whether it gives it back. Two waves come
# and go: what the second leaves above the first would be a leak.
#   SIZES="10000 19500" HOLD=300s src/bench/idle.sh [options of the server's virtual machine]
# Memory is the process's RSS; live heap is counted after a full collection.
. "$(dirname "$0")/lib.sh"
need_jar

hold=${HOLD:-300s}
table=$out/idle.md

rss() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$server_pid/status"; }
live() { "$jdk/jcmd" "$server_pid" GC.class_histogram | awk '$1 == "Total" {print int($3 / 1024)}'; }

# Opens sessions, and waits until all are there.
open_sessions() {
  log=$out/idle-client.log
  "${load_client[@]}" idle --connections "$1" --duration "$hold" --port "$server_port" \
    --secret "$secret" --from 127.0.0.1,127.0.0.2 --setup 120s >"$out/idle-client.out" 2>"$log" &
  client=$!
  started+=("$client")
  local open
  open=$(await_line "$log" 'sessions are open' 150 "$client" | cut -d' ' -f1 | tr -d ',. ')
  [ "$open" -eq "$1" ] || fail "Of $1 sessions only $open came to be open."
}

close_sessions() {
  kill "$client" 2>/dev/null || true
  wait "$client" || true
  sleep 10 # past the grace before a user counts as offline
}

# Waits until the collector has given back what the rush of connecting took: until RSS is steady.
settled_rss() {
  local before=0 now
  now=$(rss)
  while [ $((now - before)) -gt 512 ] || [ $((before - now)) -gt 512 ]; do
    sleep 35 # the collector's own interval, and a little
    before=$now
    now=$(rss)
  done
  echo "$now"
}

{
  echo "| sessions | RSS before | just connected | settled | RSS each | live heap each | live heap after one wave | after another |"
  echo "|---|---|---|---|---|---|---|---|"
} >"$table"

for size in ${SIZES:-10000 19500}; do
  PARLEY_ARGS="--http.host=0.0.0.0" start_parley "$@"
  open_sessions 1000 # so that code is loaded and compiled before memory is counted
  close_sessions
  heap_before=$(live)
  rss_before=$(settled_rss)
  open_sessions "$size"
  rss_rush=$(rss)
  rss_full=$(settled_rss)
  heap_full=$(live)
  close_sessions
  heap_first=$(live)
  open_sessions "$size"
  close_sessions
  heap_second=$(live)
  stop_server
  echo "| $size | $rss_before KiB | $rss_rush KiB | $rss_full KiB | $(((rss_full - rss_before) * 1024 / size)) B | $(((heap_full - heap_before) * 1024 / size)) B | $heap_first KiB | $heap_second KiB ($((heap_second * 100 / heap_first)) %) |" >>"$table"
done
cat "$table"

#!/usr/bin/env bash
# Counts the syncs to disk while durable chat runs, and compares them with the store's own count of
# commits: one sync of the log for each batch of acknowledged messages, and a few more of checkpoints.
#   RATE=2000 DURATION=10s src/bench/strace.sh
. "$(dirname "$0")/lib.sh"
need strace curl
need_jar

trace=$out/syncs.strace
metric() { curl -sf "http://127.0.0.1:$server_port/metrics" | awk -v name="$1" '$1 == name || index($1, name "{") == 1 {n += $2} END {printf "%d", n}'; }

start_parley
strace -f -y -e trace=fsync,fdatasync -o "$trace" -p "$server_pid" 2>"$out/strace.log" &
tracer=$!
started+=("$tracer")
await_line "$out/strace.log" 'attached' 10 "$tracer" >/dev/null
commits=$(metric parley_store_batch_count)
appends=$(metric parley_store_batch_sum)
report=$(bench chat --rooms "${ROOMS:-100}" --rate "${RATE:-2000}" --warmup 0s --duration "${DURATION:-10s}" \
  --port "$server_port" --secret "$secret" --json 2>/dev/null) || fail "$report"
commits=$(($(metric parley_store_batch_count) - commits))
appends=$(($(metric parley_store_batch_sum) - appends))
kill -INT "$tracer"
wait "$tracer" 2>/dev/null || true

# A call that another thread interrupts is written in two lines; its beginning is counted.
log_syncs=$(grep -cE 'f(data)?sync\([0-9]+<[^>]*-wal>' "$trace" || true)
all_syncs=$(grep -cE 'f(data)?sync\(' "$trace" || true)
echo "acknowledged $(number count <<<"$report"), appends $appends, commits $commits, syncs of the log $log_syncs, all syncs $all_syncs"

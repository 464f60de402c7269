#!/usr/bin/env bash
# From the start of the process until it listens, with and without the JDK's cache of loaded and
# linked classes (AOT cache, JEP 514), in turn; medians.
#   ROUNDS=5 src/bench/startup.sh
. "$(dirname "$0")/lib.sh"
need_jar

rounds=${ROUNDS:-5}
cache=$out/parley.aot
micros() { echo "${EPOCHREALTIME/[^0-9]/}"; }

# Milliseconds until the server listens.
measure() {
  local begin
  begin=$(micros)
  start_parley "$@"
  echo $((($(micros) - begin) / 1000))
  stop_server
}

median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

rm -f "$cache"
measure "-XX:AOTCacheOutput=$cache" >/dev/null
[ -f "$cache" ] || fail "The training run wrote no cache; see $out/parley.log"

: >"$out/startup.plain"
: >"$out/startup.aot"
for _ in $(seq "$rounds"); do
  measure >>"$out/startup.plain"
  measure "-XX:AOTCache=$cache" >>"$out/startup.aot"
done
echo "without the cache: $(median <"$out/startup.plain") ms, with it: $(median <"$out/startup.aot") ms (medians of $rounds), the cache has $(($(stat -c %s "$cache") >> 20)) MiB"

# What the scripts here share. Sourced; everything they start ends with them.
set -euo pipefail

bench_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$bench_dir/../.." && pwd)
out=$root/target/bench
jar=${PARLEY_JAR:-$root/target/parley.jar}
secret=$(sed -n 's/^ *secret: *//p' "$root/conf/bench.yaml")
started=()
scratch=()

fail() { echo "$*" >&2; exit 1; }

stop_all() {
  local pid
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
  started=()
  [ ${#scratch[@]} -eq 0 ] || rm -rf "${scratch[@]}"
}
trap stop_all EXIT

# The java of a JDK 25, wherever it is installed.
find_java() {
  local home release
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    [ -x "$home/bin/javac" ] || continue
    release=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release" 2>/dev/null)
    [ "${release:-0}" -ge 25 ] && { echo "$home/bin/java"; return; }
  done
  fail "A JDK 25 is missing: install openjdk-25-jdk-headless or Temurin 25."
}

need() {
  local tool
  for tool in "$@"; do command -v "$tool" >/dev/null || fail "$tool is missing."; done
}

need_jar() { [ -f "$jar" ] || fail "No $jar: run mvn -Pquick package -DskipTests first."; }

java=$(find_java)
jdk=$(dirname "$java")
mkdir -p "$out"

# The load client. A small heap of its own, one collector thread: it shares the processors. As a list
# of words, so that it can also be started beside the script, and ended by its process id.
load_client=("$java" "@$root/conf/jvm.options" -XX:+UseSerialGC -Xms256m -Xmx1g -jar "$jar" bench)
bench() { "${load_client[@]}" "$@"; }

# Waits until a line of a file matches, and prints it: await_line FILE PATTERN SECONDS PID
await_line() {
  local deadline=$((SECONDS + $3))
  until grep -m1 -E "$2" "$1" 2>/dev/null; do
    kill -0 "$4" 2>/dev/null || { cat "$1" >&2; fail "The process ended before it said: $2"; }
    [ $SECONDS -lt $deadline ] || fail "Nothing in $1 said within $3 s: $2"
    sleep 0.05
  done
}

# A port that nobody listens on now, below those that the system gives out.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 10000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

# Waits until somebody listens: await_port PORT SECONDS PID
await_port() {
  local deadline=$((SECONDS + $2))
  until (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; do
    kill -0 "$3" 2>/dev/null || fail "The server ended before it listened."
    [ $SECONDS -lt $deadline ] || fail "Nobody listens on port $1 after $2 s."
    sleep 0.01
  done
}

# Starts Parley on a free port with an empty store, then: $server_pid, $server_port, $server_log.
# Arguments: options of the virtual machine; PARLEY_ARGS: more arguments of the server.
start_parley() {
  need_jar
  local data
  data=$(mktemp -d "$out/data.XXXXXX")
  scratch+=("$data")
  server_port=$(free_port)
  server_log=$out/parley.log
  # shellcheck disable=SC2086
  "$java" "@$root/conf/jvm.options" "$@" -jar "$jar" serve --conf "$root/conf/bench.yaml" \
    --http.port="$server_port" --store.directory="$data" ${PARLEY_ARGS:-} >"$server_log" 2>&1 &
  server_pid=$!
  started+=("$server_pid")
  await_port "$server_port" 30 "$server_pid"
}

# Starts one of the Node servers under compare/, then: $server_pid, $server_port.
start_node() {
  server_log=$out/$1.log
  node "$bench_dir/compare/$1-server.js" >"$server_log" 2>&1 &
  server_pid=$!
  started+=("$server_pid")
  server_port=$(await_line "$server_log" '^listening ' 30 "$server_pid" | cut -d' ' -f2)
}

stop_server() {
  kill "$server_pid" 2>/dev/null || true
  wait "$server_pid" 2>/dev/null || true
}

# The value of a number in one line of JSON: number NAME <line
number() { grep -o "\"$1\":-\?[0-9.]*" | head -n1 | cut -d: -f2; }

#!/bin/sh
# Starts the server so that signals reach it. Uses the AOT cache beside the jar if there is one.
cd "$(dirname "$0")/.." || exit 1
jar=${PARLEY_JAR:-parley.jar}
cache=${jar%.jar}.aot
if [ -f "$cache" ]; then
  exec java @conf/jvm.options -XX:AOTCache="$cache" -jar "$jar" "$@"
fi
exec java @conf/jvm.options -jar "$jar" "$@"

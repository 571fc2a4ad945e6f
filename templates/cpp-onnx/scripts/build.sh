#!/usr/bin/env bash
# Builds the plugin for this machine without Node: clean, configure, build, install into bin/. More arguments go to CMake.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) platform=linux-x64 ;;
  Linux-aarch64) platform=linux-arm64 ;;
  Darwin-x86_64) platform=macos-x64 ;;
  Darwin-arm64) platform=macos-arm64 ;;
  *) echo "build.sh: no platform key for $(uname -s) on $(uname -m)" >&2; exit 3 ;;
esac
command -v cmake >/dev/null || { echo "build.sh: cmake is missing; install CMake 3.18 or newer" >&2; exit 3; }

tree="$root/build/$platform"
rm -rf "$tree"
cmake -S "$root" -B "$tree" -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$root" "$@"
cmake --build "$tree" --parallel "$(getconf _NPROCESSORS_ONLN)"
cmake --install "$tree"
echo "built:"
ls -l "$root"/bin/*/plugin.*
echo "ONNX Runtime is looked for in deps/, then in ONNXRUNTIME_ROOT, then on the system; \`npm run build\` puts it into deps/."

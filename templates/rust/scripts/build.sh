#!/usr/bin/env bash
# Builds the plugin for this machine without Node: clean, build, install into bin/. More arguments go to cargo.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) platform=linux-x64 folder=linux built=libplugin.so library=plugin.so ;;
  Linux-aarch64) platform=linux-arm64 folder=linux-arm64 built=libplugin.so library=plugin.so ;;
  Darwin-x86_64) platform=macos-x64 folder=macos built=libplugin.dylib library=plugin.dylib ;;
  Darwin-arm64) platform=macos-arm64 folder=macos-arm64 built=libplugin.dylib library=plugin.dylib ;;
  *) echo "build.sh: no platform key for $(uname -s) on $(uname -m)" >&2; exit 3 ;;
esac
command -v cargo >/dev/null || { echo "build.sh: cargo is missing; install Rust 1.77 or newer by rustup" >&2; exit 3; }

tree="$root/build/$platform"
rm -rf "$tree"
cd "$root"
cargo build --release --lib --target-dir "$tree/cargo" "$@"
mkdir -p "bin/$folder"
cp "$tree/cargo/release/$built" "bin/$folder/$library"
echo "built:"
ls -l "bin/$folder/$library"
echo "ONNX Runtime is looked for in deps/, then in ONNXRUNTIME_ROOT, then on the system; \`npm run build\` puts it into deps/."

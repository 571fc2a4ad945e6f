#!/usr/bin/env bash
# Builds models/model.engine by TensorRT's own trtexec, without Python, and runs it. More arguments go to trtexec, such as --fp16.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

trtexec=""
for candidate in "${TENSORRT_ROOT:-/usr/local/TensorRT}/bin/trtexec" /usr/src/tensorrt/bin/trtexec "$(command -v trtexec || true)"; do
  if [ -x "$candidate" ]; then trtexec="$candidate"; break; fi
done
[ -n "$trtexec" ] || { echo "build_engine.sh: trtexec is missing; name TensorRT's folder in TENSORRT_ROOT" >&2; exit 3; }

# Whole or not at all; without TF32, which rounds what is multiplied to 10 bits.
part="$root/models/model.engine.part"
trap 'rm -f "$part"' EXIT
"$trtexec" --onnx="$root/models/model.onnx" --saveEngine="$part" --noTF32 "$@"
mv "$part" "$root/models/model.engine"
echo "built $root/models/model.engine"
echo 'to ship it, name it in manifest.json: "model": { "path": "models/model.engine", "fallback": "models/model.onnx", … }'

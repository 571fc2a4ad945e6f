# Builds models\model.engine by TensorRT's own trtexec, without Python, and runs it. More arguments go to trtexec, such as --fp16.
param([Parameter(ValueFromRemainingArguments = $true)] [string[]] $TrtexecArguments = @())
$ErrorActionPreference = "Stop"
$root = Split-Path -Parent $PSScriptRoot
$tensorrt = if ($env:TENSORRT_ROOT) { $env:TENSORRT_ROOT } else { "C:\TensorRT" }
$trtexec = Join-Path $tensorrt "bin\trtexec.exe"
if (-not (Test-Path $trtexec)) {
    Write-Error "trtexec is missing: name TensorRT's folder in TENSORRT_ROOT" -ErrorAction Continue
    exit 3
}
# Whole or not at all; without TF32, which rounds what is multiplied to 10 bits.
$part = Join-Path $root "models\model.engine.part"
& $trtexec "--onnx=$(Join-Path $root 'models\model.onnx')" "--saveEngine=$part" "--noTF32" @TrtexecArguments
if ($LASTEXITCODE -ne 0) {
    $code = $LASTEXITCODE
    if (Test-Path $part) { Remove-Item -Force $part }
    Write-Error "trtexec failed with exit code $code" -ErrorAction Continue
    exit $code
}
Move-Item -Force $part (Join-Path $root "models\model.engine")
Write-Output "built $(Join-Path $root 'models\model.engine')"
Write-Output 'to ship it, name it in manifest.json: "model": { "path": "models/model.engine", "fallback": "models/model.onnx", ... }'

# Builds the plugin on Windows without Node: clean, build, install into bin\. More arguments go to cargo.
param([Parameter(ValueFromRemainingArguments = $true)] [string[]] $CargoArguments = @())
$ErrorActionPreference = "Stop"
$root = Split-Path -Parent $PSScriptRoot
$arm = $env:PROCESSOR_ARCHITECTURE -eq "ARM64"
$platform = if ($arm) { "windows-arm64" } else { "windows-x64" }
$folder = Join-Path $root $(if ($arm) { "bin\windows-arm64" } else { "bin\windows" })
$tree = Join-Path $root "build\$platform"

if (-not (Get-Command cargo -ErrorAction SilentlyContinue)) {
    Write-Error "cargo is missing: winget install Rustlang.Rustup" -ErrorAction Continue
    exit 3
}
if (Test-Path $tree) { Remove-Item -Recurse -Force $tree }
Push-Location $root
# PowerShell does not stop when a program fails, so the exit code is looked at.
& cargo build --release --lib --target-dir (Join-Path $tree "cargo") @CargoArguments
$code = $LASTEXITCODE
Pop-Location
if ($code -ne 0) {
    Write-Error "cargo failed with exit code $code" -ErrorAction Continue
    exit $code
}
New-Item -ItemType Directory -Force $folder | Out-Null
Copy-Item (Join-Path $tree "cargo\release\plugin.dll") (Join-Path $folder "plugin.dll")
Write-Output "built:"
Write-Output (Join-Path $folder "plugin.dll")
Write-Output "ONNX Runtime is looked for in deps\, then in ONNXRUNTIME_ROOT, then on the system; 'npm run build' puts it into deps\."

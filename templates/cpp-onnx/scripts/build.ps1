# Builds the plugin on Windows without Node: clean, configure for Visual Studio 2022, build, install into bin\.
param(
    [ValidateSet("x64", "ARM64")] [string] $Architecture = "x64",
    [Parameter(ValueFromRemainingArguments = $true)] [string[]] $CMakeArguments = @()
)
$ErrorActionPreference = "Stop"
$root = Split-Path -Parent $PSScriptRoot
$platform = if ($Architecture -eq "x64") { "windows-x64" } else { "windows-arm64" }
$tree = Join-Path $root "build\$platform"

# PowerShell does not stop when a program fails, so every exit code is looked at.
function Invoke-Checked {
    param([string] $Program, [string[]] $Arguments)
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) {
        Write-Error "$Program failed with exit code $LASTEXITCODE" -ErrorAction Continue
        exit $LASTEXITCODE
    }
}

if (-not (Get-Command cmake -ErrorAction SilentlyContinue)) {
    Write-Error "cmake is missing: winget install Kitware.CMake" -ErrorAction Continue
    exit 3
}
if (Test-Path $tree) { Remove-Item -Recurse -Force $tree }
$configure = @("-S", $root, "-B", $tree, "-G", "Visual Studio 17 2022", "-A", $Architecture, "-DCMAKE_INSTALL_PREFIX=$root") + $CMakeArguments
Invoke-Checked "cmake" $configure
Invoke-Checked "cmake" @("--build", $tree, "--config", "Release", "--parallel")
Invoke-Checked "cmake" @("--install", $tree, "--config", "Release")
Write-Output "built:"
Get-ChildItem (Join-Path $root "bin") -Recurse -Filter "plugin.*" | ForEach-Object { $_.FullName }
Write-Output "ONNX Runtime is looked for in deps\, then in ONNXRUNTIME_ROOT, then on the system; 'npm run build' puts it into deps\."

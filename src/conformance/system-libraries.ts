// Libraries that every machine of a platform has, drivers included.
import type { Binary } from '../binary/binary.ts';

/** Patterns of names, by system. */
export const systemLibraries: Readonly<Record<Binary['os'], readonly RegExp[]>> = {
  linux: [
    /^lib(c|m|dl|rt|pthread|util|resolv|anl|nsl|BrokenLocale|mvec|crypt)\.so\.\d+$/,
    /^ld-linux[\w-]*\.so\.\d+$/,
    /^lib(stdc\+\+\.so\.6|gcc_s\.so\.1)$/,
    // With the driver of the device, and in the version of that driver: never in a package.
    /^lib(cuda|nvcuvid|nvidia-[\w-]+|EGL|GL|GLX|OpenGL|OpenCL|vulkan)\.so(\.\d+)?$/,
  ],
  win32: [
    /^(api|ext)-ms-(win|onecore)?[\w-]*\.dll$/,
    /^(kernel32|kernelbase|ntdll|user32|gdi32|gdiplus|advapi32|msvcrt|ucrtbase|shell32|shlwapi|ole32|oleaut32|combase|rpcrt4)\.dll$/,
    /^(ws2_32|wsock32|mswsock|iphlpapi|winhttp|wininet|crypt32|bcrypt|bcryptprimitives|ncrypt|secur32|dnsapi|netapi32)\.dll$/,
    /^(dbghelp|psapi|userenv|version|winmm|setupapi|cfgmgr32|powrprof|imm32|comctl32|comdlg32|uxtheme|dwmapi|wintrust|propsys)\.dll$/,
    /^(d3d(9|10|11|12)(_1)?|dxgi|dxcore|dxva2|mf|mfplat|mfreadwrite|mfuuid|avicap32|avrt|opengl32|glu32|windowscodecs|pdh)\.dll$/,
    /^(nvcuda|nvml|opencl|vulkan-1)\.dll$/,
  ],
  darwin: [/^\/usr\/lib\//, /^\/System\/Library\//],
  other: [],
};

/** What the Visual C++ redistributable brings; debug versions never are. */
export const redistributable =
  /^(vcruntime140(_1|_threads)?|msvcp140(_1|_2|_atomic_wait|_codecvt_ids)?|concrt140|vcomp140|vcamp140|vccorlib140)\.dll$/;

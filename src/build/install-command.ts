// The one command that installs a tool on this system.
import { readFile } from 'node:fs/promises';
import { platform, userInfo } from 'node:os';

/** Tools that building plugins and fitting models need. */
export type Tool = keyof typeof words;

/** What each is called where no package manager is known. */
const words = {
  compiler: 'g++ and make',
  cmake: 'cmake',
  python: 'python',
  rust: 'rust',
  'arm64-compiler': 'g++ for aarch64-linux-gnu',
  'windows-compiler': 'MinGW-w64 for x86_64',
} as const;

/** Tools that every system has a package of; a compiler for another platform is where somebody packs one. */
type Packages = Readonly<Record<'compiler' | 'cmake' | 'python' | 'rust', string>> & Partial<Readonly<Record<Tool, string>>>;

const windows: Packages = {
  compiler:
    'winget install Microsoft.VisualStudio.2022.BuildTools --override "--passive --wait --add Microsoft.VisualStudio.Workload.VCTools --includeRecommended"',
  cmake: 'winget install Kitware.CMake',
  python: 'winget install Python.Python.3.12',
  rust: 'winget install Rustlang.Rustup',
};
const macos: Packages = {
  compiler: 'xcode-select --install',
  cmake: 'brew install cmake',
  python: 'brew install python',
  rust: 'brew install rust',
  'windows-compiler': 'brew install mingw-w64',
};

/** Rust's own installer: the package managers of many Linux releases have a compiler that is too old. */
const rustup = "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y";

/** Package managers of Linux, found by ID and ID_LIKE of /etc/os-release. */
const linux: readonly { readonly systems: RegExp; readonly install: string; readonly packages: Omit<Packages, 'rust'> }[] = [
  {
    systems: /\b(debian|ubuntu)\b/,
    install: 'apt-get install -y',
    packages: {
      compiler: 'build-essential',
      cmake: 'cmake',
      python: 'python3-venv',
      'arm64-compiler': 'g++-aarch64-linux-gnu',
      'windows-compiler': 'g++-mingw-w64-x86-64-posix',
    },
  },
  {
    systems: /\b(fedora|rhel|centos)\b/,
    install: 'dnf install -y',
    packages: {
      compiler: 'gcc-c++ make',
      cmake: 'cmake',
      python: 'python3',
      'windows-compiler': 'mingw64-gcc-c++ mingw64-winpthreads-static',
    },
  },
  {
    systems: /\b(suse|opensuse)\b/,
    install: 'zypper install -y',
    packages: { compiler: 'gcc-c++ make', cmake: 'cmake', python: 'python3' },
  },
  {
    systems: /\barch\b/,
    install: 'pacman -S --noconfirm',
    packages: {
      compiler: 'base-devel',
      cmake: 'cmake',
      python: 'python',
      'arm64-compiler': 'aarch64-linux-gnu-gcc',
      'windows-compiler': 'mingw-w64-gcc',
    },
  },
  { systems: /\balpine\b/, install: 'apk add', packages: { compiler: 'build-base', cmake: 'cmake', python: 'python3' } },
];

/** What to type to install a tool here. */
export async function installCommand(tool: Tool): Promise<string> {
  if (platform() === 'win32') return windows[tool] ?? unknown(tool);
  if (platform() === 'darwin') return macos[tool] ?? unknown(tool);
  return linuxCommand(tool, await readFile('/etc/os-release', 'utf8').catch(() => ''), userInfo().uid === 0);
}

/** The command on a Linux described by its os-release; without a known package manager it names the tool. */
export function linuxCommand(tool: Tool, osRelease: string, asRoot: boolean): string {
  if (tool === 'rust') return rustup;
  const ids = [...osRelease.matchAll(/^ID(?:_LIKE)?=(.*)$/gm)].map(([, value]) => value).join(' ');
  const found = linux.find(({ systems }) => systems.test(ids));
  const name = found?.packages[tool];
  return name === undefined ? unknown(tool) : `${asRoot ? '' : 'sudo '}${found?.install} ${name}`;
}

function unknown(tool: Tool): string {
  return `your system's package manager, for ${words[tool]}`;
}

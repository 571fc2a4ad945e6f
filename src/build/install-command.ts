// The one command that installs a tool on this system.
import { readFile } from 'node:fs/promises';
import { platform, userInfo } from 'node:os';

/** Tools that building plugins and fitting models need. */
export type Tool = 'compiler' | 'cmake' | 'python' | 'rust';

type Packages = Readonly<Record<Tool, string>>;

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
};

/** Rust's own installer: the package managers of many Linux releases have a compiler that is too old. */
const rustup = "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y";

/** Package managers of Linux, found by ID and ID_LIKE of /etc/os-release. */
const linux: readonly { readonly systems: RegExp; readonly install: string; readonly packages: Omit<Packages, 'rust'> }[] = [
  {
    systems: /\b(debian|ubuntu)\b/,
    install: 'apt-get install -y',
    packages: { compiler: 'build-essential', cmake: 'cmake', python: 'python3-venv' },
  },
  {
    systems: /\b(fedora|rhel|centos)\b/,
    install: 'dnf install -y',
    packages: { compiler: 'gcc-c++ make', cmake: 'cmake', python: 'python3' },
  },
  {
    systems: /\b(suse|opensuse)\b/,
    install: 'zypper install -y',
    packages: { compiler: 'gcc-c++ make', cmake: 'cmake', python: 'python3' },
  },
  { systems: /\barch\b/, install: 'pacman -S --noconfirm', packages: { compiler: 'base-devel', cmake: 'cmake', python: 'python' } },
  { systems: /\balpine\b/, install: 'apk add', packages: { compiler: 'build-base', cmake: 'cmake', python: 'python3' } },
];

/** What to type to install a tool here. */
export async function installCommand(tool: Tool): Promise<string> {
  if (platform() === 'win32') return windows[tool];
  if (platform() === 'darwin') return macos[tool];
  return linuxCommand(tool, await readFile('/etc/os-release', 'utf8').catch(() => ''), userInfo().uid === 0);
}

/** The command on a Linux described by its os-release; without a known package manager it names the tool. */
export function linuxCommand(tool: Tool, osRelease: string, asRoot: boolean): string {
  if (tool === 'rust') return rustup;
  const ids = [...osRelease.matchAll(/^ID(?:_LIKE)?=(.*)$/gm)].map(([, value]) => value).join(' ');
  const found = linux.find(({ systems }) => systems.test(ids));
  if (found === undefined) return `your system's package manager, for ${tool === 'compiler' ? 'g++ and make' : tool}`;
  return `${asRoot ? '' : 'sudo '}${found.install} ${found.packages[tool]}`;
}

import { expect, test } from 'vitest';
import { linuxCommand } from './install-command.ts';
import { versionProblem } from './tool-chain.ts';

test('the command that installs a tool fits the distribution', () => {
  expect(linuxCommand('compiler', 'ID=ubuntu\nID_LIKE=debian\n', false)).toBe('sudo apt-get install -y build-essential');
  expect(linuxCommand('cmake', 'NAME="Fedora Linux"\nID=fedora\n', true)).toBe('dnf install -y cmake');
  expect(linuxCommand('cmake', 'ID="opensuse-leap"\nID_LIKE="suse opensuse"\n', true)).toBe('zypper install -y cmake');
  expect(linuxCommand('python', 'ID=manjaro\nID_LIKE=arch\n', false)).toBe('sudo pacman -S --noconfirm python');
  expect(linuxCommand('rust', 'ID=debian\n', true)).toMatch(/^curl .*rustup/);
  expect(linuxCommand('compiler', '', false)).toMatch(/package manager, for g\+\+/);
  expect(linuxCommand('arm64-compiler', 'ID=debian\n', true)).toBe('apt-get install -y g++-aarch64-linux-gnu');
  expect(linuxCommand('windows-compiler', 'ID=arch\n', true)).toBe('pacman -S --noconfirm mingw-w64-gcc');
  expect(linuxCommand('arm64-compiler', 'ID=fedora\n', true)).toMatch(/package manager, for g\+\+ for aarch64/);
});

test('versions are compared part by part as numbers, and one that is not told is not called old', () => {
  for (const old of ['3.9.6', '3.17.5', '2.99']) expect(versionProblem(old, '3.18')).toBe('older than 3.18');
  for (const good of ['3.18', '3.18.0', '3.25.1', '4.0']) expect(versionProblem(good, '3.18')).toBeUndefined();
  expect(versionProblem('', '3.18')).toBe('does not tell its version');
});

import { expect, test } from 'vitest';
import { linuxCommand } from './install-command.ts';
import { isOlder } from './tool-chain.ts';

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

test('versions are compared part by part as numbers', () => {
  expect([isOlder('3.9.6', '3.18'), isOlder('3.17.5', '3.18'), isOlder('2.99', '3.18')]).toEqual([true, true, true]);
  expect([isOlder('3.18', '3.18'), isOlder('3.18.0', '3.18'), isOlder('3.25.1', '3.18'), isOlder('4.0', '3.18')]).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

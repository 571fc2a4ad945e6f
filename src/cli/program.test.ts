import { expect, test } from 'vitest';
import type { Io } from '../core/io.ts';
import { KitError } from '../core/kit-error.ts';
import { kitVersion } from '../core/kit-version.ts';
import { type CommandEntry, defineCommand, defineGroup } from './command.ts';
import { wholeNumber } from './flag-values.ts';
import { runProgram } from './program.ts';

const inspect = defineCommand({
  flags: (command) =>
    command.argument('<file>', 'what to look at').option('--json', 'as JSON').option('--seed <number>', 'seed', wholeNumber()),
  examples: ['mvas inspect a.mvapp --json   what is in it'],
  run: async (io, options, file) => {
    io.print(`${file} ${options.seed ?? 'no seed'}`);
    return 1;
  },
});
const add = defineCommand({ flags: (command) => command, run: async () => 0 });
const trust = defineGroup([{ name: 'add', summary: 'Trust a signer', load: async () => ({ default: add }) }]);
const table: CommandEntry[] = [
  { name: 'inspect', aliases: ['show'], summary: 'Show what a package holds', load: async () => ({ default: inspect }) },
  { name: 'build', summary: 'Build the plugin', load: async () => Promise.reject(new Error('not to be loaded')) },
  { name: 'trust', summary: 'Say whom to trust', load: async () => ({ default: trust }) },
];

async function run(...argv: string[]) {
  const text = { stdout: '', stderr: '' };
  const io: Io = {
    cwd: '/',
    env: {},
    signal: new AbortController().signal,
    interactive: false,
    colour: false,
    print: (line) => {
      text.stdout += `${line}\n`;
    },
    progress: (line) => {
      text.stderr += `${line}\n`;
    },
    status: () => undefined,
  };
  const outcome = await runProgram(argv, io, table).catch((thrown: unknown) => {
    if (thrown instanceof KitError) return thrown;
    throw thrown;
  });
  return {
    ...text,
    exit: outcome instanceof KitError ? outcome.exit : outcome,
    error: outcome instanceof KitError ? `${outcome.message} | ${outcome.hint}` : '',
  };
}

test('a command gets its arguments and its exit code counts, by name and by alias', async () => {
  expect(await run('inspect', 'a.mvapp', '--seed', '7')).toMatchObject({ exit: 1, stdout: 'a.mvapp 7\n' });
  expect(await run('show', 'b.mvapp')).toMatchObject({ exit: 1, stdout: 'b.mvapp no seed\n' });
});

test.each([
  [['inpsect', 'x'], "unknown command 'inpsect' | did you mean mvas inspect? `mvas --help` shows what it takes"],
  [['xyzzy'], "unknown command 'xyzzy' | `mvas --help` shows what it takes"],
  [['bild', '--help'], "unknown command 'bild' | did you mean mvas build? `mvas --help` shows what it takes"],
  [['help', 'bild'], "unknown command 'bild' | did you mean mvas build? `mvas --help` shows what it takes"],
  [['trust', 'ad'], "unknown command 'ad' | did you mean mvas trust add? `mvas trust --help` shows what it takes"],
  [['--jsn'], "unknown option '--jsn' | `mvas --help` shows what it takes"],
  [['inspect', 'x', '--jsn'], "unknown option '--jsn' | did you mean --json? `mvas inspect --help` shows what it takes"],
  [['inspect', 'x', '--sed=7'], "unknown option '--sed=7' | did you mean --seed? `mvas inspect --help` shows what it takes"],
  [['inspect'], "missing required argument 'file' | `mvas inspect --help` shows what it takes"],
  [['inspect', 'a', 'b'], "too many arguments for 'inspect'. Expected 1 argument but got 2 | `mvas inspect --help` shows what it takes"],
  [['inspect', 'a', '--seed'], "option '--seed <number>' argument missing | `mvas inspect --help` shows what it takes"],
  [
    ['inspect', 'a', '--seed', 'x'],
    "option '--seed <number>' argument 'x' is invalid: it takes a whole number of at least 0 | `mvas inspect --help` shows what it takes",
  ],
])('%j is refused with the next step', async (argv, error) => {
  expect(await run(...argv)).toMatchObject({ exit: 2, error, stdout: '' });
});

test('help lists the commands in the order of the table', async () => {
  for (const argv of [['--help'], ['help'], ['-h']]) {
    const { exit, stdout, stderr } = await run(...argv);
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout.match(/^ {2}(inspect, show|build|trust) .*/gm)?.map((line) => line.trim().replace(/ {2,}/, ': '))).toEqual([
      'inspect, show: Show what a package holds',
      'build: Build the plugin',
      'trust: Say whom to trust',
    ]);
  }
});

test('help of a command shows flags and examples, whichever way it is asked for', async () => {
  const pages = await Promise.all([run('help', 'inspect'), run('inspect', '--help'), run('inspect', '-h')]);
  for (const page of pages) expect(page).toMatchObject({ exit: 0, stdout: pages[0]?.stdout, stderr: '' });
  expect(pages[0]?.stdout).toContain('Usage: mvas inspect|show [options] <file>');
  expect(pages[0]?.stdout).toContain('Examples:\n  mvas inspect a.mvapp --json');
  expect((await run('help', 'trust', 'add')).stdout).toContain('Usage: mvas trust add');
});

test('without a command nothing was done: help goes to stderr and the exit code is 2', async () => {
  for (const argv of [[], ['trust']]) {
    const { exit, stdout, stderr } = await run(...argv);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: mvas');
  }
});

test('the version is printed', async () => {
  expect(await run('-V')).toMatchObject({ exit: 0, stdout: `${kitVersion}\n` });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { expect, test } from 'vitest';
import { testIo } from '../../../test/test-io.ts';
import { loadAll } from '../command.ts';
import { createProgram } from '../program.ts';
import { pathOf } from '../usage-error.ts';
import { commands } from './index.ts';

test('every example in help is a command line that parses', { timeout: 30_000 }, async () => {
  const program = createProgram(testIo('.'), commands, () => {});
  await loadAll(program, testIo('.'));
  for (const command of allBelow(program)) if (examplesOf(command).length > 0) command.action(() => {});
  const lines = allBelow(program).flatMap((command) => examplesOf(command).map((line) => ({ command, line })));
  expect(lines.length).toBeGreaterThan(0);
  for (const { command, line } of lines) {
    const words = wordsOf(line);
    const path = pathOf(command).split(' ');
    expect(words.slice(0, path.length), line).toEqual(path);
    await expect(command.parseAsync(words.slice(path.length), { from: 'user' }), line).resolves.toBeDefined();
  }
});

test('every command says in a few words what it does', () => {
  for (const { summary, name } of commands) expect(summary, name).toMatch(/^[A-Z].{5,70}[^.]$/);
});

/** What flags need; it imports nothing heavy. */
const light = [
  '../../conformance/profiles.ts',
  '../../core/kit-error.ts',
  '../../core/platform.ts',
  '../../golden/tolerance-profiles.ts',
  '../../harness/launcher.ts',
  '../../scaffold/answers.ts',
  '../../signing/namespace.ts',
  '../../signing/revocation-kinds.ts',
];

test('help of a command loads nothing that only its work needs', () => {
  const folder = import.meta.dirname;
  for (const file of readdirSync(folder).filter((name) => !name.endsWith('.test.ts'))) {
    const imports = [...readFileSync(join(folder, file), 'utf8').matchAll(/^import (?!type )[^;]* from '(\.\.\/\.\.\/[^']+)'/gm)];
    const heavy = imports.map(([, module]) => module ?? '').filter((module) => !light.includes(module));
    expect(heavy, `${file} imports these before run: use await import inside it`).toEqual([]);
  }
});

function allBelow(parent: CommandUnknownOpts): CommandUnknownOpts[] {
  return parent.commands.flatMap((command) => [command, ...allBelow(command)]);
}

function examplesOf(command: CommandUnknownOpts): string[] {
  let text = '';
  command.configureOutput({
    writeOut: (chunk) => {
      text += chunk;
    },
  });
  command.outputHelp();
  const examples = /\nExamples:\n((?: {2}.*\n?)*)/.exec(text)?.[1] ?? '';
  return examples.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
}

/** The words of a line up to the remark that follows two spaces. */
function wordsOf(line: string): string[] {
  const call = line.split(/ {2,}/)[0] ?? '';
  return [...call.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
}

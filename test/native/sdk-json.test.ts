// The JSON reader that every C++ plugin carries: no input harms it, and what it accepts is what JSON.parse accepts.
import { execFile } from 'node:child_process';
import { platform } from 'node:os';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { compilePlugin } from '../compile-plugin.ts';
import { seededRandom } from '../random.ts';

const run = promisify(execFile);
const sanitize = platform() === 'win32' ? [] : ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];

function program(): Promise<string> {
  return compilePlugin('test/sdk/json-fuzz.cpp', {
    fileName: 'json-fuzz.exe',
    flags: ['-O1', '-g', '-Wall', '-Wextra', '-Werror', ...sanitize],
  });
}

test('a million made-up texts are read under the sanitizers, and what is accepted survives being written and read again', async () => {
  const { stdout } = await run(await program(), ['fuzz', '20260101', '1000000']);
  const { inputs, accepted } = JSON.parse(stdout) as { inputs: number; accepted: number };
  expect(inputs).toBe(1_000_000);
  expect(accepted).toBeGreaterThan(50_000);
});

const edgeCases = [
  ...[
    '',
    ' ',
    '{}',
    ' { } ',
    '[]',
    '[1,]',
    '{"a":1,}',
    '{,}',
    '[,1]',
    '{"a"}',
    '{"a":}',
    '{a:1}',
    "{'a':1}",
    '{"a":1 "b":2}',
    '{"a":1}}',
    '{}{}',
    '// x\n{}',
  ],
  ...[
    '0',
    '-0',
    '01',
    '-',
    '+1',
    '1.',
    '.5',
    '1.5e',
    '1e5',
    '1E-5',
    '1e+',
    '0x10',
    '1_0',
    'NaN',
    'Infinity',
    '-Infinity',
    '1e308',
    '5e-324',
    '1e-999',
    '0.1',
    '123456789012345678901234567890',
  ],
  ...['true', 'True', 'tru', 'truex', 'false', 'null', 'nul', 'null null', '\ufeff{}', '\u00a0{}', '\u000b1', '\f1', '[1\u20282]'],
  ...[
    '"',
    '"a',
    '"a\nb"',
    '"a\tb"',
    '"\\t"',
    '"\\u0041"',
    '"\\u00"',
    '"\\u00zz"',
    '"\\x41"',
    '"\\ud83d\\ude00"',
    '"😀"',
    '"\u007f"',
    '"\\/"',
    '"\\u0000"',
    '"\u2028"',
  ],
  ...[
    '{"a":1,"a":2}',
    '{"":0}',
    '{"__proto__":1}',
    '{"a":{"b":[{"c":[]}]}}',
    '[[[[[]]]]]',
    '[1 2]',
    '[1,2',
    '{"a":[}',
    '\u0000',
    '{}\u0000',
  ],
  `${'['.repeat(64)}1${']'.repeat(64)}`,
];

test('edge cases are accepted and refused as JSON.parse does', async () => {
  await expectSameAsJsonParse(edgeCases);
});

test('made-up and damaged texts are accepted and refused as JSON.parse does', async () => {
  const random = seededRandom(7);
  const texts = Array.from({ length: 5000 }, () => damaged(JSON.stringify(madeUpValue(random, 0)), random));
  await expectSameAsJsonParse(texts);
});

test.each([
  ['more than 64 levels', `${'['.repeat(66)}${']'.repeat(66)}`],
  ['more than 1 MiB', `"${'a'.repeat(1 << 20)}"`],
  ['a number that is not finite', '1e999'],
  ['half a surrogate pair', '"\\ud800"'],
])('text that JSON.parse takes is refused with %s', async (_, text) => {
  expect(JSON.parse(text)).toBeDefined();
  expect(await judge([Buffer.from(text)])).toEqual(['-']);
});

test('bytes that are not UTF-8 are refused', async () => {
  const texts = [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0x80]];
  expect(await judge(texts.map((bytes) => Buffer.from([0x22, ...bytes, 0x22])))).toEqual(texts.map(() => '-'));
});

async function expectSameAsJsonParse(texts: readonly string[]): Promise<void> {
  const answers = await judge(texts.map((text) => Buffer.from(text)));
  for (const [index, text] of texts.entries()) expect({ text, read: meaning(answers[index] ?? '') }).toEqual({ text, read: meaning(text) });
}

/** What a text means; undefined where it means nothing or a number that is not finite. */
function meaning(text: string): unknown {
  try {
    return { value: JSON.parse(text, finite) as unknown };
  } catch {
    return undefined;
  }
}

function finite(_: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('not finite');
  return value;
}

async function judge(texts: readonly Uint8Array[]): Promise<string[]> {
  const judging = run(await program(), ['judge'], { maxBuffer: 1 << 26 });
  judging.child.stdin?.end(texts.map((text) => `${Buffer.from(text).toString('hex')}\n`).join(''));
  return (await judging).stdout.trimEnd().split('\n');
}

function madeUpValue(random: (limit: number) => number, depth: number): unknown {
  const kind = random(depth > 3 ? 5 : 7);
  const list = () => Array.from({ length: random(4) }, () => madeUpValue(random, depth + 1));
  if (kind === 0) return null;
  if (kind === 1) return random(2) === 0;
  if (kind === 2) return random(2000) - 1000;
  if (kind === 3) return (random(1e9) - 5e8) * 10 ** (random(600) - 300);
  if (kind === 4) return ['', 'threshold', 'größe', '"\\\n', '😀', '\u0000'][random(6)];
  return kind === 5 ? list() : Object.fromEntries(list().map((value, index) => [`k${index}`, value]));
}

/** The same text, or with one character dropped, doubled or replaced. */
function damaged(text: string, random: (limit: number) => number): string {
  const characters = [...text];
  const at = random(characters.length);
  const letter = '{}[]",:\\-+.eE05tfn '[random(19)] ?? '';
  const character = characters[at] ?? '';
  characters[at] = [character, '', character.repeat(2), letter][random(4)] ?? '';
  return characters.join('');
}

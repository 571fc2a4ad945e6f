import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProcess } from '../../src/process/run-process.ts';
import { buildGuidePlugin, copyCrate } from '../rust-guide-plugin.ts';
import { cli } from '../scratch.ts';
import { optionalTool } from '../tools.ts';

const sdk = join(import.meta.dirname, '../../sdk');
const cargo = optionalTool('cargo');
let cwd: string;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'mvas-crate-'));
  copyCrate(cwd);
});

afterAll(async () => {
  await rm(cwd, { recursive: true, force: true, maxRetries: 3 });
});

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { exitCode, stdout, stderr } = await runProcess(cargo ?? 'cargo', [...args], {
    cwd,
    env: { ...process.env, CARGO_NET_OFFLINE: 'true', CARGO_TERM_COLOR: 'never', ...env },
  });
  return { exitCode, output: `${stdout}${stderr}` };
}

/** The sanitizers need a nightly compiler, which few machines have. */
async function hasNightly(): Promise<boolean> {
  if (cargo === undefined || process.platform !== 'linux' || process.arch !== 'x64') return false;
  return (await runProcess(cargo, ['+nightly', '--version'], { env: process.env })).exitCode === 0;
}

const clippy = optionalTool('cargo-clippy');
const nightly = await hasNightly();

test.skipIf(!cargo)('the Rust crate passes its own tests and those of its documentation', async () => {
  const { exitCode, output } = await run(['test']);
  expect(exitCode, output).toBe(0);
  expect(output.match(/test result: ok\. [1-9]\d* passed/g)).toHaveLength(3);
});

test.skipIf(!cargo || !clippy)('clippy finds nothing in the Rust crate', async () => {
  const { exitCode, output } = await run(['clippy', '--all-targets', '--', '-D', 'warnings']);
  expect(exitCode, output).toBe(0);
});

test.skipIf(!cargo)('the documentation of the Rust crate builds without a warning', async () => {
  const { exitCode, output } = await run(['doc', '--no-deps'], { RUSTDOCFLAGS: '-D warnings' });
  expect(exitCode, output).toBe(0);
});

test.skipIf(!nightly)('the address and leak sanitizers find nothing in the Rust crate', async () => {
  const args = ['+nightly', 'test', '--target', 'x86_64-unknown-linux-gnu', '--lib', '--tests'];
  const { exitCode, output } = await run(args, { RUSTFLAGS: '-Zsanitizer=address', ASAN_OPTIONS: 'allocator_may_return_null=1' });
  expect(exitCode, output).toBe(0);
});

test.skipIf(!cargo)('the plugin that the Rust guide shows conforms in the strict profile', async () => {
  const conformed = await cli(['conform', await buildGuidePlugin(cwd), '--profile', 'strict'], { cwd });
  expect(conformed.exitCode, conformed.stdout).toBe(0);
});

test('the Rust crate has the numbers of the header', () => {
  const header = readFileSync(join(sdk, 'include/mvas_plugin.h'), 'utf8');
  const abi = readFileSync(join(sdk, 'rust/src/abi.rs'), 'utf8').replace(/\s+/g, ' ');
  const structs = { MVASImage: 'Image', MVASResult: 'InferenceResult', MVASPluginInfo: 'PluginInfo', MVASConfigParam: 'ConfigParam' };
  for (const [name, rust] of Object.entries(structs)) {
    const size = new RegExp(`sizeof\\(${name}\\) == (\\d+)`).exec(header)?.[1];
    const offsets = [...header.matchAll(new RegExp(`MVAS_OFFSET\\(${name}, (\\w+)\\) == (\\d+)`, 'g'))].map(
      ([, field, at]) => `${field}: ${at}`,
    );
    expect(abi).toContain(`layout!(${rust}, ${size}, ${offsets.join(', ')}`);
  }
  const codes = [...header.matchAll(/#define MVAS_ERROR_(\w+) \((-\d)\)/g)].map(([, name, code]) => [
    name?.replaceAll('_', '').toLowerCase(),
    code,
  ]);
  const error = readFileSync(join(sdk, 'rust/src/error.rs'), 'utf8');
  expect([...error.matchAll(/^ {4}(\w+) = (-\d),$/gm)].map(([, name, code]) => [name?.toLowerCase(), code])).toEqual(codes);
});

test('a plugin in Rust shows the colours of the reports', async () => {
  const { heatStops } = await import('../../src/image/heat-colours.ts');
  const source = readFileSync(join(sdk, 'rust/src/vision/draw.rs'), 'utf8').replace(/\s+/g, ' ');
  const stops = /STOPS: \[\(u8, u8, u8\); 7\] = \[(.*?)\];/.exec(source)?.[1] ?? '';
  expect(JSON.parse(`[${stops.replaceAll('(', '[').replaceAll(')', ']')}]`)).toEqual(heatStops);
});

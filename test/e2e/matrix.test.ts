// Every template goes the whole way by its own npm scripts, once: made, installed, built, tested, compared, timed, packed, signed, verified, run.
import { type ExecException, type ExecOptions, exec } from 'node:child_process';
import { mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostPlatform, platforms } from '../../src/core/platform.ts';
import { networkEnvironment } from '../certificates.ts';
import { nvidiaRoots, placeTensorrt } from '../nvidia-stand-in.ts';
import { cli } from '../scratch.ts';
import { optionalTool } from '../tools.ts';

const guides = join(import.meta.dirname, '../../docs/guide');
const ownModel = join(import.meta.dirname, '../../templates/cpp-onnx/models/model.onnx');

/** What the user of a project types, and what it has to answer. */
const steps = {
  install: { types: ['npm install'] },
  build: { types: ['npm run build'] },
  test: { types: ['npm test'] },
  golden: { types: ['npm run golden'], says: ['dent_01.png'] },
  bench: { types: ['npm run bench -- --iterations 20'], says: ['Iterations: 20', 'Cold: load', 'as the golden reference says'] },
  package: { types: ['npm run package'], says: ['my-inspection.mvapp'] },
  sign: { types: ['npx mvas keygen --dev --namespace com.example', 'npm run sign'] },
  verify: { types: ['npm run verify'], says: ['com.example.my-inspection 1.0.0 is trusted'] },
  infer: { types: ['npx mvas infer my-inspection.mvapp test/test_images/dent_01.png --once --json'] },
} as const;
type StepName = keyof typeof steps;

/** A template with what differs from the others. */
interface Row {
  readonly template: string;
  /** The command that makes the project, or the page whose first block does and goes on to its tests. */
  readonly made: string | { readonly guide: string };
  readonly tools: readonly string[];
  readonly only?: NodeJS.Platform;
  /** What the tests of the project name. */
  readonly tested: readonly string[];
  /** Further details of the verdict. */
  readonly details?: object;
  /** Set before its first step. */
  prepare?(cwd: string): Promise<Record<string, string>>;
  /** What a step finds beside that. */
  env?(name: StepName, root: string): Record<string, string>;
  /** What must be done before a step, and what the project says until it is. */
  readonly first?: { readonly step: StepName; readonly refuses: readonly string[]; readonly says: string; readonly types: string };
}

const native = ['lifecycle/load', 'good_01.png gives the recorded result', 'the copies of the SDK'];
const rows: readonly Row[] = [
  {
    template: 'cpp-onnx',
    made: 'mvas new my-inspection --template cpp-onnx --app-id com.example.my-inspection --yes',
    tools: ['cmake', 'c++'],
    tested: native,
  },
  {
    template: 'own-model',
    made: `mvas new my-inspection --app-id com.example.my-inspection --normalize imagenet --yes --model ${ownModel}`,
    tools: ['cmake', 'c++'],
    tested: native,
    first: {
      step: 'test',
      refuses: ['npm test -- test/golden.test.ts', 'npm run golden'],
      says: 'no reference is recorded: npx mvas golden record',
      types: 'npx mvas golden record',
    },
  },
  { template: 'rust', made: { guide: 'rust.md' }, tools: ['cargo'], tested: native },
  {
    template: 'cpp-tensorrt',
    made: { guide: 'tensorrt.md' },
    tools: ['cmake', 'c++'],
    only: 'linux', // where the stand-ins are
    tested: native,
    details: { engine: 'TensorRT 10.3.0 on Stand-in GPU' },
    async prepare(cwd) {
      const roots = await nvidiaRoots(cwd);
      await placeTensorrt(join(roots.TENSORRT_ROOT, 'lib'));
      return { ...roots, XDG_CACHE_HOME: join(cwd, 'cache') };
    },
    // the stand-ins run the model by the library that the first build provides, and which it must not look for there
    env: (name, root) =>
      name === 'install' || name === 'build' ? {} : { ONNXRUNTIME_ROOT: join(root, 'deps', platforms[hostPlatform()].folder) },
  },
  {
    template: 'script',
    made: { guide: 'script.md' },
    tools: [],
    tested: ['manifest.json is valid', 'good_01.png gives the recorded result', 'dent_01.png gives the recorded result'],
  },
];

type Ran = { readonly error: ExecException | null; readonly stdout: string; readonly stderr: string };

/** Runs a line as a shell does. */
function run(line: string, options: ExecOptions): Promise<Ran> {
  return new Promise((done) => {
    const child = exec(line, { ...options, encoding: 'utf8', maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      done({ error, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

/** The first commands of a page: one that makes the project, then exactly those that are run here. */
async function firstCommand(guide: string): Promise<string> {
  const text = await readFile(join(guides, guide), 'utf8');
  const [made = '', ...rest] = (/```bash\n([\s\S]*?)```/.exec(text)?.[1] ?? '').trim().split('\n');
  expect(rest, guide).toEqual(['cd ../my-inspection', ...steps.install.types, ...steps.build.types, ...steps.test.types]);
  expect(made, guide).toMatch(/^npx mvas new \.\.\/my-inspection /);
  return made.replace('npx ', '').replace('../', '');
}

test('the guide for scripts ships its project by what is typed here', async () => {
  const text = await readFile(join(guides, 'script.md'), 'utf8');
  const [, shipped = ''] = [...text.matchAll(/```bash\n([\s\S]*?)```/g)].map(([, block]) => block);
  const lines = shipped.trim().split('\n');
  expect(lines.slice(0, -1)).toEqual([...steps.package.types, ...steps.sign.types, ...steps.verify.types]);
  expect(steps.infer.types[0]?.startsWith(lines.at(-1)?.replace(' --once', '') ?? 'none')).toBe(true);
});

for (const row of rows) {
  const isMissing = row.tools.some((tool) => !optionalTool(tool)) || (row.only !== undefined && row.only !== process.platform);
  describe.skipIf(isMissing)(`a project of the template ${row.template}`, () => {
    let cwd: string;
    let root: string;
    let env: Record<string, string | undefined>;

    beforeAll(async () => {
      cwd = await realpath(await mkdtemp(join(tmpdir(), 'mvas-matrix-')));
      root = join(cwd, 'my-inspection');
      // Some builds of ONNX Runtime report their use to their maker by threads and files, which are no plugin's doing.
      env = { ...process.env, CI: '', MVAS_HOME: join(cwd, 'home'), ORT_DISABLE_TELEMETRY: '1', ...(await row.prepare?.(cwd)) };
      const made = typeof row.made === 'string' ? row.made : await firstCommand(row.made.guide);
      const { exitCode, stderr } = await cli(made.split(' ').slice(1), { cwd });
      expect(exitCode, stderr).toBe(0);
    });

    afterAll(async () => await rm(cwd, { recursive: true, force: true, maxRetries: 3 }));

    /** What a command prints; `code` is the exit code that it must have. */
    const typed = async (line: string, more: Record<string, string | undefined> | undefined, code = 0) => {
      const { error, stdout, stderr } = await run(line, { cwd: root, env: { ...env, ...more } });
      expect(error === null ? 0 : error.code, `${line}\n${stdout}${stderr}`).toBe(code);
      return { stdout, all: stdout + stderr };
    };

    test.each(Object.entries(steps))('%s', { timeout: 900_000 }, async (step, { types, ...expected }) => {
      const name = step as StepName;
      const more = name === 'install' ? { ...networkEnvironment(), ...env } : row.env?.(name, root);
      if (row.first?.step === name) {
        for (const line of row.first.refuses) expect((await typed(line, more, 1)).all).toContain(row.first.says);
        await typed(row.first.types, more);
      }
      let printed = '';
      for (const line of types) printed += (await typed(line, more)).stdout;
      for (const words of 'says' in expected ? expected.says : name === 'test' ? row.tested : []) expect(printed).toContain(words);
      if (name === 'infer')
        expect(JSON.parse(printed)).toMatchObject({
          decision: 'fail',
          anomaly_score: expect.closeTo(0.99994, 4),
          details: row.details ?? {},
        });
      if (name === 'test' && env['XDG_CACHE_HOME'] !== process.env['XDG_CACHE_HOME'])
        expect(await readdir(join(cwd, 'cache/mvas/engines'))).toHaveLength(1); // it was the GPU's way that was tested
    });
  });
}

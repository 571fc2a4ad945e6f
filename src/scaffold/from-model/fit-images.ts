// Fits a model to photographs of good parts before a project is made, and makes the project's own of them.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Io } from '../../core/io.ts';
import { KitError } from '../../core/kit-error.ts';
import { kitRoot } from '../../core/kit-version.ts';
import { readError } from '../../core/read-error.ts';
import type { ProjectFile } from '../render.ts';
import type { OwnFiles } from '../scaffold.ts';
import { shippedFolder } from '../template.ts';

/** Folders of pictures. */
export interface Photographs {
  readonly good: string;
  readonly defect?: string | undefined;
}

/** The fitted model as files of a project, and what fitting said. */
export interface FittedModel {
  readonly own: OwnFiles;
  readonly notes: readonly string[];
}

const pictures = new Set(['.png', '.jpg', '.jpeg', '.bmp', '.tif', '.tiff', '.webp']);
/** Golden images taken of each kind: enough to see a change, few enough to be quick. */
const goldens = { good: 5, defect: 5 } as const;

/**
 * Runs the template's fit_model.py.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` without pictures, `TOOL_MISSING` without a Python that has numpy and onnx, `IMAGE_INVALID`
 * with what the script says, `INTERRUPTED`.
 */
export async function fitImages({ good, defect }: Photographs, io: Io): Promise<FittedModel> {
  const [kept, bad] = [await picturesIn(good), defect === undefined ? [] : await picturesIn(defect)];
  const python = await findPython(io);
  const scratch = await mkdtemp(join(tmpdir(), 'mvas-fit-'));
  try {
    const model = join(scratch, 'model.onnx');
    const script = join(shippedFolder('cpp-onnx'), 'scripts/fit_model.py');
    const folders = ['--good', good, ...(defect === undefined ? [] : ['--defect', defect])];
    io.progress(`fitting a model to ${kept.length} pictures in ${good}`);
    const said = await run(python, [script, ...folders, '--output', model, '--maps', join(scratch, 'maps')], io);
    if (said.exitCode !== 0) throw refused(said.stderr, good);
    const files = await ownFiles(await readFile(model), good, kept, defect, bad);
    const judged = said.stdout.split('\n').filter((line) => /^(AUROC|suggested|good pictures|defective pictures)/.test(line));
    return { own: { files, without: isExample }, notes: [...judged, 'after a build: mvas golden record --all --reason "first model"'] };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The template's own photographs and what was recorded of them. */
const isExample = (path: string): boolean => /^(images\/(good|defect|masks)\/|test\/(test_images|expected)\/|images\/README)/.test(path);

async function ownFiles(
  model: Buffer,
  good: string,
  kept: readonly string[],
  defect: string | undefined,
  bad: readonly string[],
): Promise<ProjectFile[]> {
  const file = (path: string, data: Uint8Array): ProjectFile => ({ path, data, mode: 0o644 });
  const json = (path: string, value: object) => file(path, Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
  const read = async (folder: string, kind: 'good' | 'defect', names: readonly string[]) =>
    await Promise.all(
      names.map(async (name, index) => {
        const data = await readFile(join(folder, name));
        const golden = index < goldens[kind] ? [file(`test/test_images/${kind}_${name}`, data)] : [];
        return [file(`images/${kind}/${name}`, data), ...golden];
      }),
    );
  const photographs = [await read(good, 'good', kept), defect === undefined ? [] : await read(defect, 'defect', bad)].flat(2);
  return [
    file('models/model.onnx', model),
    json('test/expected_results.json', { $schema: 'https://mvas.io/schema/expected-results.json', images: [] }),
    json('test/benchmark.json', { image: `test_images/good_${kept[0]}` }),
    ...photographs,
  ];
}

async function picturesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw readError(folder, cause, 'name a folder of pictures');
  });
  const found = names.filter((name) => pictures.has(extname(name).toLowerCase())).sort();
  if (found.length > 0) return found;
  throw new KitError('FILE_NOT_FOUND', `${folder} holds no picture`, { hint: `put photographs there: ${[...pictures].join(', ')}` });
}

/** A Python that has numpy and onnx: that of an active environment, of the kit's checkout, of the system. */
async function findPython(io: Io): Promise<string> {
  const within = platform() === 'win32' ? 'Scripts/python.exe' : 'bin/python';
  const environments = [io.env['VIRTUAL_ENV'], join(io.cwd, '.venv'), fileURLToPath(new URL('.venv', kitRoot))];
  const own = environments.flatMap((folder) => (folder === undefined || folder === '' ? [] : [join(folder, within)]));
  for (const python of [...own.filter((path) => existsSync(path)), 'python3', 'python']) {
    const { exitCode } = await run(python, ['-c', 'import numpy, onnx'], io);
    if (exitCode === 0) return python;
  }
  const install =
    platform() === 'win32'
      ? 'python -m venv .venv; .venv\\Scripts\\pip install numpy onnx'
      : 'python3 -m venv .venv && .venv/bin/pip install numpy onnx';
  throw new KitError('TOOL_MISSING', 'no Python with numpy and onnx was found, and fitting a model needs one', {
    hint: `run here: ${install}`,
  });
}

interface Said {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

function run(command: string, args: readonly string[], { env, signal, cwd }: Io): Promise<Said> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd, env: { ...env }, signal, maxBuffer: 1 << 24, windowsHide: true }, (error, stdout, stderr) => {
      if (signal.aborted) reject(new KitError('INTERRUPTED', 'interrupted; nothing was created'));
      else resolve({ exitCode: error === null ? 0 : typeof error.code === 'number' ? error.code : undefined, stdout, stderr });
    });
  });
}

function refused(stderr: string, good: string): KitError {
  const reason = stderr
    .trim()
    .split('\n')
    .at(-1)
    ?.replace(/^fit_model: /, '');
  return new KitError('IMAGE_INVALID', `no model could be fitted to ${good}: ${reason || 'the script said nothing'}`, {
    hint: 'docs/guide/fit-your-own-images.md tells which pictures are needed',
  });
}

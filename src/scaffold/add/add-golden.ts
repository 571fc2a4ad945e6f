// Adds golden images to a project: the test, what it needs in manifest and scripts, and pictures to record.
import { lstat, readFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import type { Io } from '../../core/io.ts';
import { KitError } from '../../core/kit-error.ts';
import { readError } from '../../core/read-error.ts';
import type { Decision } from '../upgrade/decide-file.ts';
import type { MergeReport } from '../upgrade/report.ts';
import { type AddOptions, addToProject, type OpenedProject } from './add-to-project.ts';
import { addValues, readObject, valueAt } from './edit-json.ts';

const folder = 'test/test_images/';
const expected = 'test/expected_results.json';
const pictures = new Set(['.png', '.jpg', '.jpeg', '.bmp', '.tif', '.tiff', '.webp']);
const goldenTest = `// One test for each image of expected_results.json: decision, scores, map, boxes and picture as they were recorded.
import { goldenTests } from 'mvas-kit/vitest';

await goldenTests();
`;
const noImages = `${JSON.stringify({ $schema: 'https://mvas.io/schema/expected-results.json', images: [] }, null, 2)}\n`;

/**
 * Adds what golden images need and copies pictures to the test images; what is there stays as it is.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` for a picture that is not there, `IMAGE_INVALID` for what is no picture, `FILE_EXISTS` when
 * the test images have another one of its name, `FILE_NOT_FOUND` outside a project, `INTERRUPTED`, `WRITE_FAILED`.
 */
export async function addGolden(images: readonly string[], options: AddOptions, io: Io): Promise<MergeReport> {
  return await addToProject(
    options,
    async ({ root }: OpenedProject) => {
      const manifest = await readObject(root, 'manifest.json');
      const target = textAt(manifest, 'test_images') ?? folder;
      const files = await Promise.all(images.map(async (path) => await copyOf(root, target, resolve(io.cwd, path))));
      const testing = [
        [['testing', 'test_images'], folder],
        [['testing', 'expected_results'], expected],
      ] as const;
      const also = [
        await addValues(root, 'manifest.json', testing),
        await addValues(root, 'package.json', [[['scripts', 'golden'], 'mvas golden']]),
        await newFile(root, 'test/golden.test.ts', goldenTest),
        await newFile(root, textAt(manifest, 'expected_results') ?? expected, noImages),
        ...files,
      ];
      return { also, notes: ['after a build, mvas golden record --missing --reason "first pictures" records what the plugin says'] };
    },
    io,
  );
}

function textAt(manifest: Record<string, unknown>, key: string): string | undefined {
  const value = valueAt(manifest, ['testing', key]);
  return typeof value === 'string' ? value : undefined;
}

async function newFile(root: string, path: string, text: string): Promise<Decision> {
  const there = await lstat(join(root, path)).catch(() => undefined);
  if (there !== undefined) return { path, action: 'kept', changes: [] };
  return { path, action: 'create', changes: [{ path, data: Buffer.from(text), mode: 0o644 }] };
}

async function copyOf(root: string, target: string, source: string): Promise<Decision> {
  if (!pictures.has(extname(source).toLowerCase())) {
    throw new KitError('IMAGE_INVALID', `${source} is no picture by its name`, {
      hint: `give files that end in ${[...pictures].join(', ')}`,
    });
  }
  const data = await readFile(source).catch((cause: unknown) => {
    throw readError(source, cause, 'check the path');
  });
  const path = `${target.replace(/\/*$/, '/')}${basename(source)}`;
  const present = await readFile(join(root, path)).catch(() => undefined);
  if (present?.equals(data)) return { path, action: 'identical', changes: [] };
  if (present === undefined) return { path, action: 'create', changes: [{ path, data, mode: 0o644 }] };
  throw new KitError('FILE_EXISTS', `${join(root, path)} is there already, and is another picture`, {
    hint: 'give the new one another name',
  });
}

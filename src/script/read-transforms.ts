// Reads transforms.json: what is unknown would change the picture in a way nobody asked for, so it is refused.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readJsonFile } from '../core/json-file.ts';
import { KitError } from '../core/kit-error.ts';
import { decodeImage } from '../image/decode-image.ts';
import { ruleText } from '../schema/broken-rules.ts';
import { lazySchema, type SchemaProblem } from '../schema/compile-schema.ts';
import { defaults, type Operation, type Step } from './transforms/steps.ts';
import { transformsSchema } from './transforms-schema.ts';

const check = lazySchema(transformsSchema);

interface Written {
  readonly pipeline?: readonly {
    readonly op: Operation;
    readonly params?: Readonly<Record<string, unknown>>;
    readonly enabled?: boolean;
  }[];
}

/**
 * Reads the steps of a script; `name` is relative to its folder, like the masks that steps name.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, `FILE_INVALID` naming every bad field, `IMAGE_INVALID` for a mask.
 */
export async function readTransforms(root: string, name: string): Promise<readonly Step[]> {
  const path = join(root, name);
  const value = await readJsonFile(path);
  refuse(
    path,
    check(value).filter(({ unknownKey, pointer }) => !unknownKey || pointer.includes('/params/')),
  );
  const { pipeline = [] } = value as Written;
  const steps: Step[] = [];
  for (const { op, params = {}, enabled = true } of pipeline) {
    if (!enabled) continue;
    const step = { op, params: { ...defaults[op], ...params } };
    steps.push(op === 'apply_mask' ? { ...step, mask: await readMask(root, path, String(params['mask'])) } : step);
  }
  return steps;
}

/**
 * Refuses a file with the problems that were found in it.
 *
 * @throws {@link KitError} `FILE_INVALID` naming each.
 */
export function refuse(path: string, problems: readonly SchemaProblem[]): void {
  if (problems.length === 0) return;
  throw new KitError('FILE_INVALID', `${path}: ${problems.map(ruleText).join('; ')}`, {
    hint: 'see what is wrong with all of it: mvas validate',
  });
}

/** A mask lies inside the package, whatever is written. */
async function readMask(root: string, path: string, name: string) {
  if (!isInside(name))
    throw new KitError('FILE_INVALID', `${path}: the mask ${JSON.stringify(name)} must be a path inside the package`, {
      hint: 'put the picture into assets/ and write "assets/mask.png"',
    });
  const mask = join(root, name);
  await readFile(mask).catch((cause: unknown) => {
    throw new KitError('FILE_NOT_FOUND', `${path} names the mask ${name}, which cannot be read`, {
      cause,
      hint: 'put it there, or mend params.mask',
    });
  });
  return await decodeImage(mask);
}

function isInside(name: string): boolean {
  return !/[\\:]/.test(name) && name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

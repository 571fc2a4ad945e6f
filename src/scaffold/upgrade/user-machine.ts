// What a project's own files say of the machine and the kit it is built with, so that both versions are rendered alike.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import { kitVersion } from '../../core/kit-version.ts';
import { kitSpecFor } from '../machine.ts';
import type { TemplateValues } from '../render.ts';

type Machine = Pick<TemplateValues, 'kitSpec' | 'glibc'>;

/** The values for the old version and for the new: they differ only where the project still asks for the kit that made it. */
export async function userMachine(root: string, madeBy: string): Promise<{ readonly base: Machine; readonly next: Machine }> {
  const [pack, manifest] = await Promise.all([readIf(join(root, 'package.json')), readIf(join(root, 'manifest.json'))]);
  const glibc = at(manifest, 'requirements', 'glibc') ?? '';
  const kitSpec = at(pack, 'devDependencies', 'mvas-kit') ?? kitSpecFor(root);
  return { base: { kitSpec, glibc }, next: { kitSpec: kitSpec === `^${madeBy}` ? `^${kitVersion}` : kitSpec, glibc } };
}

/** A file that the user may have broken says nothing here: its text is merged all the same. */
async function readIf(path: string): Promise<unknown> {
  return await readFile(path, 'utf8').then(
    (text): unknown => parse(text),
    () => undefined,
  );
}

function at(value: unknown, ...path: readonly string[]): string | undefined {
  const found = path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

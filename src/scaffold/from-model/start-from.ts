// What a new project starts from besides a template: a model, or photographs that one is fitted to.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Io } from '../../core/io.ts';
import { KitError } from '../../core/kit-error.ts';
import type { ScaffoldOptions } from '../scaffold.ts';
import { fitImages } from './fit-images.ts';
import { type Normalisation, normalisations } from './model-facts.ts';
import { proposeModel } from './propose-model.ts';

/** What the user has. */
export interface Material {
  readonly model?: string | undefined;
  readonly inputSize?: string | undefined;
  readonly normalize?: string | undefined;
  readonly images?: string | undefined;
  readonly defectImages?: string | undefined;
}

/** The template for a model of the user's own. */
export const ownModelTemplate = 'own-model';

/** What scaffolding gets of it, and what the user should know. */
export type Start = Pick<ScaffoldOptions, 'model' | 'own'> & { readonly notes: readonly string[] };

/**
 * Reads the model or fits one.
 *
 * @throws {@link KitError} `FLAG_INVALID` for flags that do not go together, and whatever reading or fitting throws.
 */
export async function startFrom(material: Material, io: Io): Promise<Start> {
  const { model, images, defectImages, inputSize, normalize } = material;
  if (model !== undefined && images !== undefined) throw clash('--model brings a model, and --images fits one', 'give one of them');
  if (model === undefined && (inputSize ?? normalize) !== undefined)
    throw clash('--input-size and --normalize are about a model', 'give it by --model');
  if (images === undefined && defectImages !== undefined) throw clash('--defect-images alone fits nothing', 'give good ones by --images');
  if (model !== undefined) {
    const path = resolve(io.cwd, model);
    const { facts, notes } = await proposeModel(path, { size: inputSize, normalise: normalisation(normalize) });
    return { model: facts, own: { files: [{ path: 'models/model.onnx', data: await readFile(path), mode: 0o644 }] }, notes };
  }
  if (images === undefined) return { notes: [] };
  return await fitImages({ good: resolve(io.cwd, images), defect: defectImages && resolve(io.cwd, defectImages) }, io);
}

function normalisation(text: string | undefined): Normalisation | undefined {
  if (text === undefined) return undefined;
  const known = Object.keys(normalisations) as Normalisation[];
  const found = known.find((name) => name === text);
  if (found !== undefined) return found;
  throw new KitError('FLAG_INVALID', `--normalize "${text}" is unknown`, { hint: `choose one of ${known.join(', ')}` });
}

function clash(rule: string, hint: string): KitError {
  return new KitError('FLAG_INVALID', rule, { hint });
}

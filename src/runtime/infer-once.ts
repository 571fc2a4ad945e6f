// Inspects pictures with an app that is loaded for this one call.
import type { Io } from '../core/io.ts';
import type { KitError } from '../core/kit-error.ts';
import type { Manifest } from '../manifest/script-manifest.ts';
import { findImages } from './find-images.ts';
import { type FailedRecord, type InferenceRecord, toFailedRecord, toRecord } from './inference-record.ts';
import { openApp } from './open-app.ts';
import { openSession } from './open-session.ts';
import { type Previews, ResultFolder } from './result-folder.ts';
import type { Inspection, LoadedPlugin, SessionOptions } from './session.ts';

/** A picture's record, with small pictures of it where a page is written. */
export interface ListedRecord {
  readonly record: InferenceRecord | FailedRecord;
  readonly previews?: Previews;
  /** Whether the overlay is the kit's own drawing, in its colours. */
  readonly drawn?: boolean;
}

/** What was loaded, and who vouches for it. */
export interface LoadedApp extends LoadedPlugin {
  /** Who vouches for it, in words. */
  readonly trust: string;
}

/** Where to write results. */
export interface InferOutput {
  /** It must be new, empty, or hold earlier results, which are replaced. */
  readonly folder: string;
  /** Renders index.html; without it there is none. */
  readonly renderPage?: (app: LoadedApp, records: readonly ListedRecord[]) => string;
}

/** How to inspect. */
export interface InferOptions extends Omit<SessionOptions, 'env' | 'signal'> {
  /** Gives the folder that relative paths start from, MVAS_HOME with the trusted keys, and the signal that interrupts. */
  readonly io: Pick<Io, 'cwd' | 'env' | 'signal'>;
  /** Takes a package without any signature. */
  readonly allowUnsigned?: boolean;
  readonly output?: InferOutput;
  /** Told before the first picture; `images` are all that will be inspected. */
  readonly onLoaded?: (app: LoadedApp, images: readonly string[]) => void;
  /** Told after every picture. */
  readonly onRecord?: (record: InferenceRecord | FailedRecord) => void;
}

/** What became of a call. */
export interface InferReport {
  readonly app: LoadedApp;
  /** One for every picture, in order. */
  readonly records: readonly (InferenceRecord | FailedRecord)[];
  /** A plugin that failed when it was ended, after its last result. */
  readonly ending?: KitError;
  /** Folder that was written. */
  readonly output?: string;
}

/**
 * Loads an app, inspects every picture that `inputs` name (files, folders, patterns) and ends the app. A package is verified first; a
 * project is the caller's own. A picture that cannot be inspected is in the report with its error, the others are inspected.
 *
 * @throws {@link KitError} when nothing could be inspected at all: no picture, no app, not trusted, not loadable, `INTERRUPTED`.
 */
export async function inferOnce(subject: string, inputs: readonly string[], options: InferOptions): Promise<InferReport> {
  const { io, allowUnsigned = false } = options;
  const images = await findImages(inputs, io.cwd, options.output?.folder);
  await using app = await openApp(subject, { io, allowUnsigned });
  await using folder = options.output && (await ResultFolder.create(options.output.folder, images.length));
  const session = await openSession(app, { ...options, env: io.env, signal: io.signal });
  const loaded = { ...session.loaded, trust: app.trust };
  const listed: ListedRecord[] = [];
  let ending: KitError | undefined;
  try {
    options.onLoaded?.(
      loaded,
      images.map(({ image }) => image),
    );
    for await (const inspection of session.inspect(images)) {
      const entry = await list(inspection, folder, classesOf(app.manifest));
      listed.push(entry);
      options.onRecord?.(entry.record);
    }
  } finally {
    ending = await session.close();
  }
  const records = listed.map(({ record }) => record);
  if (options.output) await folder?.finish(records, options.output.renderPage?.(loaded, listed));
  return { app: loaded, records, ...(ending !== undefined && { ending }), ...(folder && { output: folder.path }) };
}

function classesOf(manifest: Manifest): readonly string[] | undefined {
  return manifest.package_type === 'native' ? manifest.interface.output.classes : undefined;
}

async function list(
  inspection: Inspection,
  folder: ResultFolder | undefined,
  classes: readonly string[] | undefined,
): Promise<ListedRecord> {
  if (inspection.status === 'failed') return { record: toFailedRecord(inspection.image, inspection.error) };
  const { image, result } = inspection;
  if (folder === undefined) return { record: toRecord(image, result, classes) };
  const { files, previews } = await folder.add(inspection);
  return { record: toRecord(image, result, classes, files), previews, drawn: result.visualization === undefined };
}

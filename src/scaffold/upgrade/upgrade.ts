// Brings a project to the installed kit's version of its template.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Io } from '../../core/io.ts';
import { KitError } from '../../core/kit-error.ts';
import { kitVersion } from '../../core/kit-version.ts';
import { renderProject } from '../render.ts';
import { findScaffolded, readRecord, type ScaffoldRecord } from '../scaffold-record.ts';
import { digestOf, type SourceFile, sdkFiles, sourcesOf } from '../source-files.ts';
import { openTemplate } from '../template.ts';
import { finishInterrupted } from './apply-changes.ts';
import type { RenderedFile } from './decide-file.ts';
import { mergeProject, withDigest } from './merge-project.ts';
import { listReleases, readReleased, releasesFolder } from './released-templates.ts';
import type { MergeReport } from './report.ts';
import { userMachine } from './user-machine.ts';

/** What to upgrade, and how. */
export interface UpgradeOptions {
  /** Any folder of the project, relative to `io.cwd`. */
  readonly folder: string;
  /** Template to upgrade to; default that of the project's record. */
  readonly template?: string | undefined;
  /** Folder of the template as it was when the project was made, for templates that do not come with the kit. */
  readonly from?: string | undefined;
  /** Plan only. */
  readonly dryRun?: boolean;
  /** Folder of released templates; default the kit's. */
  readonly releases?: string;
}

type Machine = Parameters<typeof renderProject>[2];

/**
 * Merges the template's changes since the project was made with the user's. All is written, or nothing.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` outside a project, `VERSION_UNKNOWN` when what it was made from is not known,
 * `CONFLICT_UNRESOLVED` where markers of an earlier upgrade are left, `INTERRUPTED`, `WRITE_FAILED`.
 */
export async function upgrade(options: UpgradeOptions, io: Io): Promise<MergeReport> {
  const root = await findScaffolded(resolve(io.cwd, options.folder));
  const finished = await finishInterrupted(root);
  const record = await readRecord(root);
  const template = await openTemplate(options.template ?? record.template, io.cwd);
  const sources = await sourcesOf(template);
  const machine = await userMachine(root, record.version);
  const base = await renderBase(record, sources, options, machine.base, io.cwd);
  const next = renderProject(sources, record.answers, machine.next).map(withDigest);
  const sdk = new Set((await sdkFiles((path) => sources.some((file) => file.path === path))).map(({ path }) => path));
  const after = { ...record, template: template.id, version: kitVersion, digest: digestOf(sources) };
  const notes = [...(finished ? ['an interrupted run was finished first'] : []), ...kitNotes(root, machine.base.kitSpec, record)];
  return await mergeProject(root, { base, next, sdk }, { before: record, after }, { dryRun: options.dryRun ?? false, notes }, io);
}

/** The project as it was made, without the user's edits. */
async function renderBase(
  record: ScaffoldRecord,
  current: readonly SourceFile[],
  { from, releases = releasesFolder }: UpgradeOptions,
  machine: Machine,
  cwd: string,
): Promise<RenderedFile[]> {
  if (from !== undefined) {
    const old = await sourcesOf(await openTemplate(resolve(cwd, from), cwd));
    return renderProject(old, record.answers, machine).map(withDigest);
  }
  if (digestOf(current) === record.digest) return renderProject(current, record.answers, machine).map(withDigest);
  const released = await readReleased(record.version, record.template, releases);
  if (released === undefined || released.digest !== record.digest) throw await unknownVersion(record, releases);
  const texts: SourceFile[] = [];
  const binaries: RenderedFile[] = [];
  for (const file of released.files) {
    const text = released.textOf(file);
    if (text === undefined) binaries.push(file);
    else texts.push({ ...file, source: `${record.template}/${file.path} of ${record.version}`, data: Buffer.from(text) });
  }
  return [...renderProject(texts, record.answers, machine).map(withDigest), ...binaries];
}

async function unknownVersion({ template, version, digest }: ScaffoldRecord, releases: string): Promise<KitError> {
  const known = [...(await listReleases(releases)), kitVersion].join(', ');
  const made = `template ${template} of ${version} (digest ${digest.slice(0, 12)})`;
  return new KitError('VERSION_UNKNOWN', `the project was made from ${made}, and this kit knows only ${known}`, {
    hint: 'install the newest kit, or name a folder with that version of the template by --from',
  });
}

function kitNotes(root: string, spec: string, { version }: ScaffoldRecord): string[] {
  if (version === kitVersion || spec === `^${version}` || !/^[\^~]?\d/.test(spec) || !existsSync(join(root, 'package.json'))) return [];
  if (spec.replace(/^[\^~]/, '') === kitVersion) return [];
  return [`package.json asks for mvas-kit ${spec}: npm install --save-dev mvas-kit@^${kitVersion} brings what the project now builds on`];
}

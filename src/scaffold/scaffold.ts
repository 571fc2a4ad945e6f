// Stage 1: makes a plugin project from a template and answers.
import { basename, resolve } from 'node:path';
import type { Io } from '../core/io.ts';
import { KitError } from '../core/kit-error.ts';
import { kitVersion } from '../core/kit-version.ts';
import { type Answers, completeAnswers, type GivenAnswers } from './answers.ts';
import type { ModelFacts } from './from-model/model-facts.ts';
import { kitSpecFor, newerGlibc } from './machine.ts';
import { placeFiles } from './place-files.ts';
import { type PlannedFile, planFiles, requireFreeFolder } from './plan.ts';
import { type ProjectFile, renderProject } from './render.ts';
import { recordData, recordPath } from './scaffold-record.ts';
import { digestOf, type SourceFile, sourcesOf } from './source-files.ts';
import { openTemplate, type Template } from './template.ts';

/** What to make, and where. */
export interface ScaffoldOptions {
  /** Folder of the project, relative to `io.cwd`; missing or empty. */
  readonly folder: string;
  /** A shipped template's name, or a folder by a path. */
  readonly template: string;
  readonly answers: GivenAnswers;
  /** The model it is made for; only with a template that needs one. */
  readonly model?: ModelFacts;
  /** Files of the user's that take the place of the template's. */
  readonly own?: OwnFiles;
  /** Plan only. */
  readonly dryRun?: boolean;
}

/** Files that a project gets from the user instead of from its template. */
export interface OwnFiles {
  readonly files: readonly ProjectFile[];
  /** Which of the template's files stay away. */
  readonly without?: (path: string) => boolean;
}

/** What was made, or in a dry run would be. */
export interface ScaffoldReport {
  readonly root: string;
  readonly template: string;
  /** Version of the kit. */
  readonly version: string;
  /** Digest of the template and the SDK that the project was made from. */
  readonly digest: string;
  readonly answers: Answers;
  readonly written: boolean;
  readonly files: readonly PlannedFile[];
  /** What the user should know. */
  readonly notes: readonly string[];
}

/**
 * Makes a project; the folder is complete or untouched. A dry run only plans, and may look at a folder that is in the way.
 *
 * @throws {@link KitError} `ANSWER_MISSING`, `FLAG_INVALID`, `FILE_EXISTS`, `WRITE_FAILED` or `INTERRUPTED`.
 */
export async function scaffold(options: ScaffoldOptions, io: Io): Promise<ScaffoldReport> {
  const root = resolve(io.cwd, options.folder);
  const template = await openTemplate(options.template, io.cwd);
  requireModel(template, options.model);
  const asked = completeAnswers({ ...options.answers, name: options.answers.name ?? nameOf(root) });
  const answers = { ...asked, ...(options.model === undefined ? {} : { model: options.model }) };
  const sources = await sourcesOf(template);
  requireFitting(template, options, sources);
  const about = { template: template.id, version: kitVersion, digest: digestOf(sources), answers };
  // only what is compiled depends on the machine's C library
  const isBuilt = template.language !== 'script' && answers.platforms.some((key) => key.startsWith('linux'));
  const glibc = isBuilt ? await newerGlibc() : '';
  let files: ProjectFile[] = [];
  let planned: PlannedFile[] = [];
  const { runGenerator } = await import('./generator.ts'); // yeoman takes long to load: not before all answers are right
  await runGenerator(root, {
    render: async () => {
      const record = { path: recordPath, mode: 0o644, data: recordData(about) };
      files = [...withOwn(renderProject(sources, answers, { kitSpec: kitSpecFor(root), glibc }), options.own), record].sort(byPath);
    },
    plan: async () => {
      planned = await planFiles(root, files);
    },
    commit: async () => {
      if (options.dryRun) return;
      await requireFreeFolder(root);
      await placeFiles(root, files, io.signal);
    },
  });
  return { root, ...about, written: options.dryRun !== true, files: planned, notes: notesOn(glibc) };
}

/** The package name that a folder suggests. */
export function nameOf(folder: string): string {
  const words = basename(resolve(folder))
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.filter((word) => word !== '').join('-');
}

function requireModel({ id, needs }: Template, model: ModelFacts | undefined): void {
  if ((needs === 'model') === (model !== undefined)) return;
  throw new KitError('FLAG_INVALID', `the template ${id} ${needs === 'model' ? 'is for a model of your own' : 'has its own model'}`, {
    hint: 'give the model by --model, and no template',
  });
}

/** Photographs make a model for those templates that come with what fitted theirs. */
function requireFitting({ id }: Template, { own, model }: ScaffoldOptions, sources: readonly SourceFile[]): void {
  if (own === undefined || model !== undefined || sources.some(({ path }) => path === 'scripts/fit_model.py')) return;
  throw new KitError('FLAG_INVALID', `the template ${id} has no model that could be fitted`, {
    hint: 'leave --images out, or choose cpp-onnx or rust',
  });
}

function withOwn(rendered: readonly ProjectFile[], own: OwnFiles | undefined): ProjectFile[] {
  if (own === undefined) return [...rendered];
  const taken = new Set(own.files.map(({ path }) => path));
  return [...rendered.filter(({ path }) => !taken.has(path) && own.without?.(path) !== true), ...own.files];
}

const byPath = (a: ProjectFile, b: ProjectFile) => (a.path < b.path ? -1 : 1);

function notesOn(glibc: string): string[] {
  if (glibc === '') return [];
  return [`this machine has glibc ${glibc}, newer than the standard's floor of 2.35: manifest.json says so in requirements.glibc`];
}

// The workflows of the kit and of its templates, parsed, with the places where each step stands.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';

/** A step of a job or of a composite action. */
export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** A job. */
export interface Job {
  readonly uses?: string;
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly 'runs-on'?: string;
  readonly steps?: readonly Step[];
}

/** A workflow. */
export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const root = join(import.meta.dirname, '..');

/** Folder of the workflows that projects get. */
export const projectFolder = join(root, 'templates/cpp-onnx/.github/workflows');

/** Folder of the workflow that projects without a compiler get in place of one of those. */
export const scriptFolder = join(root, 'templates/script/.github/workflows');

/** Folder of the kit's own. */
export const kitFolder = join(root, '.github/workflows');

/** Paths of all workflows. */
export const workflowPaths = [projectFolder, scriptFolder, kitFolder].flatMap((folder) =>
  readdirSync(folder)
    .sort()
    .map((name) => join(folder, name)),
);

const parsed = new Map(workflowPaths.map((path) => [path, parse(readFileSync(path, 'utf8')) as Workflow]));

/** A workflow by its path. */
export function readWorkflow(path: string): Workflow {
  const workflow = parsed.get(path);
  if (workflow === undefined) throw new Error(`${path} is no workflow`);
  return workflow;
}

/** A workflow that projects get, by its file name. */
export const projectWorkflow = (name: string): Workflow => readWorkflow(join(projectFolder, name));

/** Every job with the name of its workflow. */
export function jobsOf(path: string): { readonly id: string; readonly job: Job }[] {
  return Object.entries(readWorkflow(path).jobs).map(([id, job]) => ({ id: `${basename(path)}:${id}`, job }));
}

/** The step of a job that has a name. */
export function stepOf(job: Job | undefined, name: string): Step {
  const step = job?.steps?.find((one) => one.name === name);
  if (step === undefined) throw new Error(`there is no step "${name}"`);
  return step;
}

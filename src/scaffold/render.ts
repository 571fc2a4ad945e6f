// Renders a template's *.hbs files; every name they use must exist.
import Handlebars from 'handlebars';
import { KitError, toErrorText } from '../core/kit-error.ts';
import { type PlatformKey, platforms } from '../core/platform.ts';
import type { Answers } from './answers.ts';
import { modelValues } from './from-model/model-facts.ts';
import type { SourceFile } from './source-files.ts';

/** A file as it will lie in the project. */
export type ProjectFile = Pick<SourceFile, 'path' | 'data' | 'mode'>;

/** A platform as templates see it. */
export interface TemplatePlatform {
  readonly key: PlatformKey;
  /** Its folder below bin/ and deps/. */
  readonly folder: string;
  /** File name of the plugin. */
  readonly library: string;
  /** File name of ONNX Runtime in its deps/ folder. */
  readonly onnxruntime: string;
  readonly last: boolean;
}

/** The names that templates may use. */
export type TemplateValues = Omit<Answers, 'platforms' | 'model'> & {
  /** What is known of the model; only templates that need one may use it. */
  readonly model?: ReturnType<typeof modelValues>;
  readonly platforms: readonly TemplatePlatform[];
  /** The name in PascalCase, for C++ classes. */
  readonly className: string;
  /** What package.json says about the kit: a version range or a `file:` path. */
  readonly kitSpec: string;
  /** The building machine's glibc when it is newer than the platform floor, else empty. */
  readonly glibc: string;
};

/** Works out the values for templates from the answers. */
function templateValues(answers: Answers, machine: Pick<TemplateValues, 'kitSpec' | 'glibc'>): TemplateValues {
  const chosen = answers.platforms.map((key, index) => {
    const { folder, library, onnxruntime } = platforms[key];
    return { key, folder, library, onnxruntime, last: index === answers.platforms.length - 1 };
  });
  const { model, ...rest } = answers;
  const about = model === undefined ? {} : { model: modelValues(model) };
  return { ...rest, ...about, ...machine, platforms: chosen, className: pascalCase(answers.name) };
}

function pascalCase(name: string): string {
  return name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** A `{{{{raw}}}}` block keeps its braces: workflows have their own. */
const engine = Handlebars.create();
engine.registerHelper('raw', (options: Handlebars.HelperOptions) => options.fn({}));

/**
 * Renders or copies one file.
 *
 * @throws {@link KitError} `FILE_INVALID` naming the template's file when it uses a name that does not exist.
 */
function renderFile(file: SourceFile, values: TemplateValues): ProjectFile {
  const { path, mode, data } = file;
  if (!file.rendered) return { path, mode, data };
  try {
    const template = engine.compile(Buffer.from(data).toString('utf8'), { strict: true, noEscape: true });
    return { path, mode, data: Buffer.from(template(values)) };
  } catch (cause) {
    throw new KitError('FILE_INVALID', `${file.source} cannot be rendered: ${toErrorText(cause)}`, { cause, hint: 'mend the template' });
  }
}

/** The files that only some answers want. */
const wantedBy: readonly { readonly below: string; readonly wanted: (answers: Answers) => boolean }[] = [
  { below: '.github/', wanted: ({ ci }) => ci === 'github' },
];

/**
 * Renders all files that a project with these answers has, the record of them not included.
 *
 * @throws {@link KitError} `FILE_INVALID` naming the template's file that cannot be rendered.
 */
export function renderProject(
  sources: readonly SourceFile[],
  answers: Answers,
  machine: Pick<TemplateValues, 'kitSpec' | 'glibc'>,
): ProjectFile[] {
  const values = templateValues(answers, machine);
  const wanted = sources.filter(({ path }) => wantedBy.every((rule) => !path.startsWith(rule.below) || rule.wanted(answers)));
  return wanted.map((source) => renderFile(source, values));
}

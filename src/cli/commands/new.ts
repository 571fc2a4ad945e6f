// `mvas new`: makes a plugin project; also what `npm create mvas-plugin` runs.
import { relative, resolve } from 'node:path';
import type { Io } from '../../core/io.ts';
import { KitError } from '../../core/kit-error.ts';
import { type GivenAnswers, missingAnswer, questions } from '../../scaffold/answers.ts';
import type { ScaffoldReport } from '../../scaffold/scaffold.ts';
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('[folder]', 'folder to create; it must be missing or empty')
      .option('--template <name>', 'a template of the kit, or a folder by its path')
      .option('--language <name>', 'cpp, rust or script: the kit’s template for that language')
      .option('--engine <name>', 'onnx or tensorrt: the kit’s template for what runs the model')
      .option('--model <file>', 'an ONNX model of your own: the plugin is written around it')
      .option('--input-size <size>', 'width x height for a model that takes any size (default: 256x256)')
      .option('--normalize <kind>', 'how the model wants pixels: imagenet, unit (0..1), signed (-1..1) or raw (0..255)')
      .option('--images <folder>', 'photographs of good parts: a model is fitted to them at once')
      .option('--defect-images <folder>', 'photographs of defective parts, to judge that model by')
      .option('--name <name>', 'package name (default: the folder’s)')
      .option('--title <text>', 'title that people read')
      .option('--app-id <id>', 'reverse domain name such as com.acme.bottle-cap')
      .option('--author <text>', 'author or company')
      .option('--description <text>', 'what it inspects, in one sentence')
      .option('--platforms <keys>', 'platforms to build for, joined by commas (default: this machine’s)')
      .option('--ci <service>', 'github (default) or none: the workflow that builds and tests every change')
      .option('--year <year>', 'year of the copyright line (default: this year)')
      .option('--answers <file>', 'JSON file with answers; flags win')
      .option('--yes', 'take every suggestion and ask nothing')
      .option('--dry-run', 'say what would be written and write nothing')
      .option('--json', 'print the report as JSON'),
  examples: [
    'mvas new bottle-cap',
    'mvas new bottle-cap --app-id com.acme.bottle-cap --yes',
    'mvas new bottle-cap --language rust',
    'mvas new bottle-cap --language cpp --engine tensorrt',
    'mvas new bottle-cap --model model.onnx --normalize unit',
    'mvas new bottle-cap --images photographs/good --defect-images photographs/defect',
    'mvas new bottle-cap --answers answers.json --dry-run',
  ],
  async run(io, options, folder) {
    const { readAnswersFile } = await import('../../scaffold/answers-file.ts');
    const { requireFreeFolder } = await import('../../scaffold/plan.ts');
    const { scaffold } = await import('../../scaffold/scaffold.ts');
    const { openTemplate } = await import('../../scaffold/template.ts');
    const asks = io.interactive && !options.yes;
    const root = folder ?? (asks ? await (await import('../ask-answers.ts')).askFolder() : undefined);
    if (root === undefined) throw missingAnswer(['[folder] (folder of the project)']);
    if (!options.dryRun) await requireFreeFolder(resolve(io.cwd, root)); // before anybody answers questions in vain
    const template = await chosenTemplate(options, asks);
    await openTemplate(template, io.cwd);
    const { startFrom } = await import('../../scaffold/from-model/start-from.ts');
    const { notes, ...start } = await startFrom(options, io);
    const given = { ...(options.answers ? await readAnswersFile(resolve(io.cwd, options.answers)) : {}), ...flagAnswers(options) };
    const answers = asks ? await askRest(given, root) : given;
    const made = await scaffold({ folder: root, template, answers, ...start, dryRun: options.dryRun ?? false }, io);
    const report = { ...made, notes: [...made.notes, ...notes] };
    if (options.json) io.print(JSON.stringify(report, null, 2));
    else show(report, io);
    if (options.dryRun) await requireFreeFolder(report.root);
    return 0;
  },
});
export default command;

interface TemplateFlags {
  readonly template?: string;
  readonly language?: string;
  readonly engine?: string;
  readonly model?: string;
}

async function chosenTemplate({ template, language, engine, model }: TemplateFlags, asks: boolean): Promise<string> {
  const { listTemplates, templateFor } = await import('../../scaffold/template.ts');
  const wished = language === undefined ? (engine === undefined ? undefined : '--engine') : '--language';
  if (template !== undefined && wished !== undefined) {
    throw new KitError('FLAG_INVALID', `--template and ${wished} both choose the template`, { hint: 'give one of them' });
  }
  if (model !== undefined) return modelTemplate(template ?? wished);
  if (template !== undefined) return template;
  if (wished !== undefined) return templateFor({ language, engine });
  const templates = (await listTemplates()).filter(({ needs }) => needs === undefined);
  const first = templates[0]?.id ?? '';
  return asks ? await (await import('../ask-answers.ts')).askTemplate(templates) : first;
}

async function modelTemplate(wished: string | undefined): Promise<string> {
  const { ownModelTemplate } = await import('../../scaffold/from-model/start-from.ts');
  if (wished === undefined || wished === ownModelTemplate) return ownModelTemplate;
  throw new KitError('FLAG_INVALID', '--model chooses the template', { hint: 'leave --template, --language and --engine out' });
}

async function askRest(given: GivenAnswers, folder: string): Promise<GivenAnswers> {
  const { askQuestions } = await import('../ask-answers.ts');
  const { nameOf } = await import('../../scaffold/scaffold.ts');
  return askQuestions({ ...given, name: given.name ?? nameOf(folder) });
}

function flagAnswers(options: GivenAnswers): GivenAnswers {
  return Object.fromEntries(questions.flatMap(({ key }) => (options[key] === undefined ? [] : [[key, options[key]]])));
}

function show(report: ScaffoldReport, io: Io): void {
  if (!report.written) {
    for (const { action, path } of report.files) io.print(`${action.padEnd(9)} ${path}`);
    return;
  }
  for (const note of report.notes) io.progress(`note: ${note}`);
  io.print(`created ${report.root}: ${report.files.length} files from ${report.template}`);
  const folder = relative(io.cwd, report.root);
  const steps = [
    ...(folder === '' ? [] : [`cd ${folder.includes(' ') ? `"${folder}"` : folder}`]),
    'npm install',
    'npm run build',
    'npm test',
  ];
  io.print(`next:\n${steps.map((step) => `  ${step}`).join('\n')}`);
}

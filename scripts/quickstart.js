// The whole way once, on real photographs: make a plugin project, build, prove, pack, sign, verify, load and infer.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');
const name = 'brick-inspection';
const { values: flags } = readFlags();
const folder = resolve(flags.folder);
const project = join(folder, name);
const archive = join(folder, `${name}.mvapp`);
const inspected = join(folder, 'inspected');
const env = { ...process.env, MVAS_HOME: join(folder, 'home') };
const images = join(project, 'test', 'test_images');
const started = Date.now();

function readFlags() {
  try {
    return parseArgs({
      options: {
        keep: { type: 'boolean' },
        template: { type: 'string', default: 'cpp-onnx' },
        folder: { type: 'string', default: join(root, 'quickstart') },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return leave(2, `${error.message}\nusage: npm run quickstart -- [--keep] [--template NAME] [--folder DIR]`);
  }
}

function leave(code, text) {
  process.stderr.write(`${text}\n`);
  process.exit(code);
}

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1).padStart(6)} s`;

/** Runs one stage; its output is shown only when it fails. */
function stage(title, command, args, summary = () => '') {
  const since = Date.now();
  const result = spawnSync(command, args, { cwd: root, env, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] });
  const ok = result.status === 0;
  const text = ok ? summary(result.stdout) : `exit ${result.status ?? result.signal}`;
  process.stdout.write(`${ok ? '✓' : '✗'} ${title.padEnd(10)} ${seconds(since)}  ${text}\n`);
  if (!ok) leave(result.status || 1, `\n${result.stdout}${result.stderr}`);
  return result.stdout;
}

const mvas = (title, args, summary) => stage(title, process.execPath, [join(root, 'dist/cli/main.js'), ...args], summary);

function prepare() {
  if (flags.help)
    leave(
      0,
      'npm run quickstart -- [--keep] [--template NAME] [--folder DIR]\n--keep: use the project of the last run, with your edits, instead of a new one',
    );
  if (!flags.keep) rmSync(project, { recursive: true, force: true });
  for (const left of [archive, inspected, join(folder, 'home')]) rmSync(left, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

function make() {
  if (flags.keep && existsSync(join(project, 'manifest.json'))) return;
  const answers = [
    '--template',
    flags.template,
    '--app-id',
    `com.example.${name}`,
    '--title',
    'Brick inspection',
    '--author',
    'Quickstart',
  ];
  mvas(
    'new',
    ['new', project, '--yes', ...answers, '--json'],
    (text) => `${JSON.parse(text).files.length} files in ${relative(process.cwd(), project)}`,
  );
}

function prove() {
  mvas('build', ['build', project, '--json'], (text) => `${Math.round(JSON.parse(text).sizeBytes / 1024)} KiB`);
  mvas('conform', ['conform', project, '--profile', 'strict', '--json'], (text) => {
    const { counts, profile } = JSON.parse(text);
    return `${counts.passed} checks passed, ${counts.failed} failed, ${counts.skipped} skipped, profile ${profile}`;
  });
  mvas('golden', ['golden', project, '--json'], (text) => `${JSON.parse(text).counts.passed} images as recorded`);
  mvas('bench', ['bench', project, '--iterations', '200', '--json'], (text) => {
    const { latency } = JSON.parse(text);
    return `median ${latency.median.toFixed(1)} ms over ${latency.samples} calls`;
  });
}

function ship() {
  mvas('package', ['package', project, '-o', archive, '--json'], (text) => megabytes(JSON.parse(text)));
  mvas(
    'keygen',
    ['keygen', '--dev', '--namespace', 'com.example', '--json'],
    () => `developer key, trusted in ${relative(process.cwd(), env.MVAS_HOME)} only`,
  );
  const signed = mvas('sign', ['sign', archive, '--json'], (text) => `key ${JSON.parse(text).keyId.slice(0, 16)}…`);
  mvas('verify', ['verify', archive, '--json'], () => 'trusted');
  return JSON.parse(signed);
}

const megabytes = ({ sizeBytes }) => `${(sizeBytes / 1e6).toFixed(1)} MB`;

function inspect() {
  const text = mvas(
    'infer',
    ['infer', archive, images, '--once', '--output', inspected, '--json'],
    (out) => `${JSON.parse(out).length} photographs`,
  );
  const expected = JSON.parse(readFileSync(join(project, 'test', 'expected_results.json'), 'utf8')).images;
  return JSON.parse(text).map(({ image, decision, anomaly_score: score }) => {
    const file = image.split(/[\\/]/).at(-1);
    return { file, decision, score, expected: expected.find((entry) => entry.image.endsWith(file))?.decision ?? 'none recorded' };
  });
}

function table(rows) {
  const width = Math.max(...rows.map(({ file }) => file.length), 5);
  process.stdout.write(`\n${'image'.padEnd(width)}  decision  score  expected\n`);
  for (const { file, decision, score, expected } of rows) {
    const wrong = decision === expected ? '' : '  ← wrong';
    process.stdout.write(`${file.padEnd(width)}  ${decision.padEnd(8)}  ${score.toFixed(3)}  ${expected}${wrong}\n`);
  }
}

prepare();
stage('set-up', process.execPath, [join(root, 'scripts/setup.js')], () => 'packages installed, kit compiled, tools found');
make();
prove();
const shipped = ship();
const rows = inspect();
table(rows);
const overlays = rows.map(({ file }) => join(inspected, 'overlays', `${file}.overlay.png`)).filter(existsSync);
process.stdout.write(`\noverlays       ${overlays.map((path) => relative(process.cwd(), path)).join('\n               ')}\n`);
process.stdout.write(`contact sheet  ${relative(process.cwd(), join(inspected, 'index.html'))}\n`);
process.stdout.write(`package        ${relative(process.cwd(), archive)}, ${megabytes(shipped)}, sha256 ${shipped.sha256}\n`);
process.stdout.write(`all of it in   ${seconds(started).trim()}\n`);
const wrong = rows.filter(({ decision, expected }) => decision !== expected);
if (wrong.length > 0 || rows.length === 0) leave(1, `${wrong.length} of ${rows.length} decisions are not the expected ones`);

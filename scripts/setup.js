// Set-up: installs the locked packages when needed, compiles the kit, then says which tools of the machine are missing.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const inCi = process.env.CI === 'true';
const windows = process.platform === 'win32';
const venvPython = join(root, '.venv', windows ? 'Scripts/python.exe' : 'bin/python');
/** The other Node that packages are made with, to see that the bytes are the same. */
const otherNode = `node-${process.platform}-${process.arch}@22.23.3`;
const hash = (text) => createHash('sha256').update(text).digest('hex');
const read = (name) => readFileSync(join(root, name), 'utf8');
const readIf = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  if (result.error?.code === 'ENOENT') fail(3, `${command} is not installed`, 'install it and run this command again');
  if (result.status !== 0) fail(result.status ?? 1, `${command} ${args.join(' ')} failed`, 'the lines above say why');
}

function fail(code, message, hint) {
  process.stderr.write(`set-up: ${message}\n${hint}\n`);
  process.exit(code);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) fail(3, `Node ${process.versions.node} is too old`, 'install Node 20.19 or newer');
}

function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

function installSystemPackages() {
  if (!inCi || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const lines = read('scripts/apt-packages.txt')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(' unless '))
    .filter(([, program]) => program === undefined || !isOnPath(program))
    .map(([name]) => name);
  const optional = new Set(lines.filter((line) => line.endsWith('?')).map((line) => line.slice(0, -1)));
  const wanted = lines.map((line) => line.replace(/\?$/, ''));
  const query = spawnSync('dpkg-query', ['-W', '-f', '$' + '{db:Status-Abbrev}$' + '{Package}\n', ...wanted], { encoding: 'utf8' });
  const present = new Set(
    query.stdout
      .split('\n')
      .filter((line) => line.startsWith('ii '))
      .map((line) => line.slice(3).trim()),
  );
  const missing = wanted.filter((name) => !present.has(name));
  if (missing.length === 0) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-q'], { env });
  const found = missing.filter((name) => !optional.has(name) || isInDistribution(name));
  if (found.length > 0) run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...found], { env });
}

function isInDistribution(name) {
  return spawnSync('apt-cache', ['show', name], { stdio: 'ignore' }).status === 0;
}

function installNodePackages() {
  const stamp = join(root, 'node_modules/.mvas-setup');
  const wanted = hash(read('package-lock.json') + process.version);
  if (readIf(stamp) === wanted) return;
  process.stderr.write('set-up: installing the locked npm packages\n');
  // npm is a .cmd on Windows, which only a shell starts; the arguments are fixed texts.
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { shell: windows });
  writeFileSync(stamp, wanted);
}

function compileKit() {
  run(process.execPath, ['scripts/build.js']);
}

function installPythonPackages() {
  const stamp = join(root, '.venv/.mvas-setup');
  const wanted = hash(read('scripts/python-requirements.txt'));
  if (readIf(stamp) === wanted) return;
  process.stderr.write('set-up: making the Python environment .venv (numpy, onnx)\n');
  if (!existsSync(venvPython)) run(windows ? 'python' : 'python3', ['-m', 'venv', '.venv']);
  run(venvPython, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', 'scripts/python-requirements.txt']);
  writeFileSync(stamp, wanted);
}

function installOtherNode() {
  const stamp = join(root, '.node22/.mvas-setup');
  if (readIf(stamp) === otherNode) return;
  process.stderr.write('set-up: installing Node 22 beside the one in use (.node22)\n');
  const quiet = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  run('npm', ['install', '--prefix', '.node22', ...quiet, otherNode]);
  writeFileSync(stamp, otherNode);
}

checkNode();
installSystemPackages();
installNodePackages();
compileKit();
if (inCi || process.argv.includes('--python')) installPythonPackages();
if ((inCi && process.platform === 'linux') || process.argv.includes('--node22')) installOtherNode();
run(process.execPath, ['dist/cli/main.js', 'doctor', '--quiet']);

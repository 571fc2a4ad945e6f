// What the workflows run on GitHub's machines is run here: plan, gather, package and sign, step by step from the YAML.
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, expect, test } from 'vitest';
import { readArchive } from '../../src/package/archive.ts';
import { type PackableProject, packableProject } from '../packable-project.ts';
import { cli, cliPath, scratchFolder } from '../scratch.ts';
import { optionalTool } from '../tools.ts';
import { projectWorkflow, readWorkflow, scriptFolder, stepOf } from '../workflows.ts';

const run = promisify(execFile);
const bash = process.platform === 'win32' ? undefined : optionalTool('bash');
const openssl = optionalTool('openssl');
const plugin = projectWorkflow('mvas-plugin.yml').jobs;
const release = projectWorkflow('mvas-release.yml').jobs;

let temp: string;
let project: PackableProject;

beforeEach(async () => {
  temp = await scratchFolder();
  project = await packableProject(join(temp, 'cap'));
  const bin = join(temp, 'kit/node_modules/.bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'mvas'), `#!/bin/sh\nexec '${process.execPath}' '${cliPath}' "$@"\n`, { mode: 0o755 });
  await writeFile(join(bin, 'npx'), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 });
});

/** Runs a step's script as GitHub does. */
async function script(text: string | undefined, cwd: string, env: Readonly<Record<string, string>> = {}) {
  const path = `${join(temp, 'kit/node_modules/.bin')}${delimiter}${process.env['PATH']}`;
  const runner = { RUNNER_TEMP: temp, GITHUB_OUTPUT: join(temp, 'output'), MVAS_HOME: join(temp, 'home'), MVAS_KEY_PASSPHRASE: '' };
  return await run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', text ?? 'exit 99'], {
    cwd,
    env: { ...process.env, ...runner, PATH: path, ...env },
  });
}

async function planned(env: Readonly<Record<string, string>> = {}) {
  const step = stepOf(plugin['plan'], 'Plan the builds');
  await script(step.run, project.root, { RUNNERS: '', CUDA: '', IMAGE: '', TAG: '', ...env });
  const lines = (await readFile(join(temp, 'output'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => line.split(/=(.*)/s));
  return Object.fromEntries(lines.map(([name, value]) => [name, value])) as Record<'matrix' | 'package', string>;
}

test.skipIf(bash === undefined)(
  'the steps of plan, build and package make the package from what was uploaded, twice the same',
  async () => {
    const plan = await planned({ TAG: 'v1.2.3', RUNNERS: `${project.platform}=my-line` });
    const [build] = JSON.parse(plan.matrix).include;
    expect(build).toMatchObject({ platform: project.platform, runner: 'my-line', artifact: `bin-${project.platform}` });
    await script(stepOf(plugin['build'], 'Gather what was built').run, project.root, {
      PLATFORM: build.platform,
      ARTIFACT: build.artifact,
    });
    await cp(join(project.root, build.artifact), join(project.root, 'downloads', build.artifact), { recursive: true });
    for (const folder of ['bin', build.artifact]) await rm(join(project.root, folder), { recursive: true }); // as in a fresh checkout
    await script(stepOf(plugin['package'], 'Collect, pack twice, compare').run, project.root, { PACKAGE: plan.package });
    await using archive = await readArchive(join(project.root, 'first', plan.package));
    expect([...archive.entries].map(({ name }) => name)).toContain(project.library);
  },
);

test.skipIf(bash === undefined)(
  'the steps of a script’s workflow compare its golden images and make its package, twice the same',
  async () => {
    const root = join(temp, 'brick');
    expect(await cli(['new', root, '--language', 'script', '--app-id', 'com.acme.brick', '--yes'])).toMatchObject({ exitCode: 0 });
    const { package: job } = readWorkflow(join(scriptFolder, 'mvas-plugin.yml')).jobs;
    const step = (name: string) => stepOf(job, name).run;
    await script(step('Plan the package'), root, { TAG: 'v1.0.0' });
    expect(await readFile(join(temp, 'output'), 'utf8')).toBe('package=com.acme.brick-1.0.0.mvapp\n');
    await script(step('Compare with the golden images'), root);
    const { stdout } = await script(step('Pack twice, compare'), root, { PACKAGE: 'com.acme.brick-1.0.0.mvapp' });
    expect(stdout).toContain('com.acme.brick');
    await expect(script(step('Plan the package'), root, { TAG: 'v2.0.0' })).rejects.toMatchObject({ code: 2 });
    const wrong = await cli(['ci', 'plan', root, '--cuda', '11.8.0']);
    expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('nothing is built of a script') });
  },
);

test.skipIf(bash === undefined)(
  'the plan fails for a tag of another version, and packing for a platform that was not uploaded',
  async () => {
    await expect(planned({ TAG: 'v9.0.0' })).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('v9.0.0 is not version 1.2.3'),
    });
    await mkdir(join(project.root, 'downloads'));
    const step = stepOf(plugin['package'], 'Collect, pack twice, compare');
    await expect(script(step.run, project.root, { PACKAGE: 'cap.mvapp' })).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`${project.platform} is missing`),
    });
  },
);

test.skipIf(bash === undefined || openssl === undefined)(
  'the step of sign signs, verifies and verifies again by openssl, and leaves no key',
  async () => {
    await cli(['package', project.root, '-o', join(temp, 'job/package/cap.mvapp')]);
    await cli(['keygen', '--out', join(temp, 'keys')], { env: { MVAS_KEY_PASSPHRASE: '' } });
    const [key, cert] = await Promise.all(['mvas.key.pem', 'mvas.cert.pem'].map((name) => readFile(join(temp, 'keys', name), 'utf8')));
    const secrets = { MVAS_SIGNING_KEY: key ?? '', MVAS_SIGNING_CERT: cert ?? '', PACKAGE: 'cap.mvapp', TMPDIR: join(temp, 'tmp') };
    await mkdir(join(temp, 'tmp'));
    const { stdout } = await script(stepOf(release['sign'], 'Sign, verify, and verify again with openssl').run, join(temp, 'job'), secrets);
    expect(stdout).toMatch(/com\.acme\.cap 1\.2\.3 is trusted[\s\S]*Verified OK/);
    expect(await run('find', [temp, '-name', 'key.pem'])).toMatchObject({ stdout: '' });
  },
);

test.skipIf(bash === undefined)('sign stops without its secrets, and at a version of the kit that is none', async () => {
  const step = stepOf(release['sign'], 'Sign, verify, and verify again with openssl');
  const none = { MVAS_SIGNING_KEY: '', MVAS_SIGNING_CERT: '', PACKAGE: 'cap.mvapp' };
  await expect(script(step.run, temp, none)).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no secret MVAS_SIGNING_KEY'),
  });
  const install = stepOf(release['sign'], 'Install the kit, and nothing of the project');
  await expect(script(install.run, temp, { KIT: 'file:../evil' })).rejects.toMatchObject({ code: 2 });
});

test.skipIf(bash === undefined)('the first commands of the guide on GitHub Actions work when pasted', async () => {
  const guide = await readFile(join(import.meta.dirname, '../../docs/guide/github-actions.md'), 'utf8');
  const { stdout } = await script(/```bash\n([\s\S]*?)```/.exec(guide)?.[1], project.root);
  expect(stdout).toContain(project.platform);
});

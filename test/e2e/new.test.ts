import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { schemaErrors } from '../report-schemas.ts';
import { cli, cliPath, scratchFolder } from '../scratch.ts';

test('without a terminal nobody is asked: a missing answer is exit 2 and names its flag', async () => {
  const cwd = await scratchFolder();
  const { exitCode, stderr } = await cli(['new', 'cap'], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^ANSWER_MISSING: .*--app-id[\s\S]*--answers/);
  expect((await cli(['new'], { cwd })).stderr).toMatch(/^ANSWER_MISSING: .*\[folder\]/);
  expect(await readdir(cwd)).toEqual([]);
});

test('an app id that breaks its rule is exit 2 with the rule', async () => {
  const cwd = await scratchFolder();
  const { exitCode, stderr } = await cli(['new', 'cap', '--yes', '--app-id', 'Com.Acme Cap'], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/--app-id "Com\.Acme Cap" must be lower-case letters and digits/);
  expect(await readdir(cwd)).toEqual([]);
});

test('a folder that is not empty is exit 2 and stays as it is, also with --yes', async () => {
  const cwd = await scratchFolder();
  await writeFile(join(cwd, 'notes.txt'), 'mine');
  const { exitCode, stderr } = await cli(['new', '.', '--yes', '--app-id', 'com.acme.cap'], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^FILE_EXISTS: .*notes\.txt/);
  expect(await readdir(cwd)).toEqual(['notes.txt']);
  const plan = await cli(['new', '.', '--yes', '--app-id', 'com.acme.cap', '--name', 'cap', '--dry-run'], { cwd });
  expect(plan.stdout).toMatch(/^create {4}manifest\.json$/m);
  expect(plan.exitCode).toBe(2);
});

test('a project is made from an answers file, flags win over it, and --json tells every file', async () => {
  const cwd = await scratchFolder();
  await writeFile(
    join(cwd, 'answers.json'),
    JSON.stringify({ appId: 'com.acme.cap', title: 'From the file', platforms: ['linux-x64', 'linux-arm64'] }),
  );
  const { exitCode, stdout } = await cli(['new', 'cap', '--answers', 'answers.json', '--title', 'From the flag', '--json'], { cwd });
  expect(exitCode).toBe(0);
  const report = JSON.parse(stdout);
  expect(await schemaErrors('scaffold-report', report)).toEqual([]);
  expect(report).toMatchObject({
    written: true,
    template: 'cpp-onnx',
    answers: { title: 'From the flag', platforms: ['linux-x64', 'linux-arm64'] },
  });
  for (const { action, sha256 } of report.files) expect([action, sha256]).toEqual(['create', expect.stringMatching(/^[0-9a-f]{64}$/)]);
  expect(JSON.parse(await readFile(join(cwd, 'cap/manifest.json'), 'utf8')).app).toMatchObject({
    id: 'com.acme.cap',
    name: 'From the flag',
  });
});

test('an answers file with an answer that nobody asks for is exit 2', async () => {
  const cwd = await scratchFolder();
  await writeFile(join(cwd, 'answers.json'), JSON.stringify({ appid: 'com.acme.cap' }));
  const { exitCode, stderr } = await cli(['new', 'cap', '--answers', 'answers.json'], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/appid[\s\S]*appId/);
});

test.skipIf(process.platform === 'win32')('Ctrl-C at any time leaves a whole project or nothing', async () => {
  const cwd = await scratchFolder();
  await mkdir(join(cwd, 'big'));
  await writeFile(join(cwd, 'big/template.json'), '{"title": "Big", "summary": "many files", "tools": []}');
  for (let index = 0; index < 400; index += 1) await writeFile(join(cwd, `big/${index}.txt`), 'x'.repeat(5000));
  for (let round = 0; round < 8; round += 1) {
    const child = spawn(process.execPath, [cliPath, 'new', 'made/cap', '--template', './big', '--yes', '--app-id', 'com.acme.cap'], {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = once(child, 'close');
    await sleep(60 + round * 60);
    child.kill('SIGINT');
    const [code] = await ended;
    const left = await readdir(cwd);
    if (left.includes('made')) {
      expect(await readdir(join(cwd, 'made'))).toEqual(['cap']);
      expect((await readdir(join(cwd, 'made/cap'))).filter((name) => name.endsWith('.txt'))).toHaveLength(400);
      break;
    }
    // null: the signal came before node had loaded anything
    expect([130, null]).toContain(code);
    expect(left, `after exit ${code}`).toEqual(['big']);
  }
});

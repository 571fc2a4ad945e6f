// `vitest --watch` in a project: every build of the library is tested, without anybody starting anything.
import { execFile, spawn } from 'node:child_process';
import { copyFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { hostPlatform } from '../../src/core/platform.ts';
import { pluginFlags, sdkInclude } from '../compile-plugin.ts';
import { inspectionProject, writeFiles } from '../inspection-project.ts';
import { scratchFolder } from '../scratch.ts';

const kit = join(import.meta.dirname, '../..');

async function build(root: string, source: string): Promise<void> {
  const output = join(root, `bin/${hostPlatform()}/plugin.bin`);
  await promisify(execFile)('cc', ['-std=c11', `-I${sdkInclude}`, join(kit, source), ...pluginFlags, '-O0', '-o', output]);
}

test.skipIf(process.platform === 'win32')(
  'a rebuild is tested at once: a broken one fails with its finding, a mended one passes',
  async () => {
    const root = await inspectionProject(await scratchFolder(), 'test/plugins/good/plain.c');
    copyFileSync(join(kit, 'templates/cpp-onnx/vitest.config.ts'), join(root, 'vitest.config.ts'));
    symlinkSync(join(kit, 'node_modules'), join(root, 'node_modules'), 'junction');
    const entry = pathToFileURL(join(kit, 'dist/vitest.js')).href;
    await writeFiles(root, {
      'models/model.txt': 'gain 100\nend\n',
      'test/conformance.test.ts': `import { conformanceTests } from ${JSON.stringify(entry)};\nconformanceTests();\n`,
    });
    await build(root, 'test/plugins/broken/errors/message-alike.c');
    const args = [join(kit, 'node_modules/vitest/vitest.mjs'), '--watch', '--root', root, '--reporter', 'verbose'];
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, CI: '' }, stdio: ['pipe', 'pipe', 'pipe'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += stripVTControlCharacters(String(chunk))));
    // what the nth run says of the check: ✓ or ×
    const strideOf = async (run: number) => {
      const runs = () => text.split(/^ +Tests +.*$/m);
      await expect.poll(() => runs().length, { timeout: 100_000, interval: 100 }).toBeGreaterThan(run);
      return /([✓×]) [^\n]*infer\/stride: /.exec(runs()[run - 1] ?? '')?.[1];
    };
    expect(await strideOf(1)).toBe('✓');
    await build(root, 'test/plugins/broken/infer/stride.c');
    expect(await strideOf(2)).toBe('×');
    expect(text).toContain('fix: Address pixels as data + y · stride + x · channels');
    await build(root, 'test/plugins/broken/errors/message-alike.c');
    expect(await strideOf(3)).toBe('✓');
  },
);

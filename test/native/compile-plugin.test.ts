// The cache of compiled test plugins.
import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compilePlugin, pluginFlags } from '../compile-plugin.ts';

test('a plugin is compiled once for the same content, and again for other flags', async () => {
  const first = await compilePlugin('test/plugins/good/plain.c');
  const inode = statSync(first).ino;
  expect(statSync(await compilePlugin('test/plugins/good/plain.c')).ino).toBe(inode);
  expect(await compilePlugin('test/plugins/good/plain.c', { flags: [...pluginFlags, '-O0'] })).not.toBe(first);
});

test('a source that does not compile is reported with the text of the compiler', async () => {
  const compilation = compilePlugin('test/plugins/good/plain.c', { extraFlags: ['-include', 'absent-header.h'] });
  await expect(compilation).rejects.toThrow(/absent-header\.h: No such file/);
});

// The C header keeps its own rules: tags, ownership, function types; and compiles wherever it promises to.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { headerProblems, parsePluginHeader } from '../../scripts/plugin-header.js';
import { sdkInclude } from '../compile-plugin.ts';
import { scratchFolder } from '../scratch.ts';
import { optionalTool } from '../tools.ts';

const run = promisify(execFile);
const text = readFileSync(join(sdkInclude, 'mvas_plugin.h'), 'utf8');
const header = parsePluginHeader(text);

describe('the header', () => {
  test('says state, thread, ownership and codes of every function', () => {
    expect(header.functions.map(({ name }) => name)).toHaveLength(11);
    expect(headerProblems(header)).toEqual([]);
  });

  test('has five required functions', () => {
    const required = header.functions.filter((item) => item.required).map(({ name }) => name);
    expect(required).toEqual(['mvas_get_info', 'mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error']);
  });

  test.each([
    [
      'a function without tags',
      / {0}\/\/ \[state: any\] \[thread: any, serialised\] \[own: none\] \[codes: none\]\n(?=typedef void)/,
      '',
      /mvas_cleanup: tags/,
    ],
    ['a pointer without an owner', 'result written, result.* lent', 'result.* lent', /mvas_infer: nobody says whose result is/],
    ['a pointer inside a struct without an owner', ', params.* borrowed', '', /mvas_set_config: nobody says whose params\.\* is/],
    ['an unknown word of ownership', 'model_path borrowed', 'model_path kept', /mvas_init: unknown ownership "model_path kept"/],
    ['an owner of what is no pointer', '[own: return lent]', '[own: return lent, size lent]', /mvas_get_info: size is no pointer/],
    ['an unknown state', '[state: ready]', '[state: running]', /mvas_infer: unknown state/],
    ['an unknown code', 'NOT_INITIALIZED, OUT_OF_MEMORY, UNSUPPORTED]', 'TOO_LATE]', /mvas_infer: unknown code "TOO_LATE"/],
  ])('is refused with %s', (_, from, to, problem) => {
    const planted = text.replace(from, to);
    expect(planted).not.toBe(text);
    expect(headerProblems(parsePluginHeader(planted)).join('\n')).toMatch(problem);
  });

  test.each([
    ['without a function type', /typedef void MVAS_CALL mvas_cleanup_fn\(void\);\n/, '', /mvas_cleanup has no function type/],
    ['with another function type', 'mvas_warmup_fn(int32_t iterations)', 'mvas_warmup_fn(int32_t count)', /mvas_warmup differs/],
  ])('is refused with an export %s', (_, from, to, problem) => {
    expect(() => parsePluginHeader(text.replace(from, to))).toThrow(problem);
  });
});

const strict = ['-fsyntax-only', '-Wall', '-Wextra', '-Werror', '-pedantic', `-I${sdkInclude}`];
// Templates are only compiled in full where a plugin uses them.
const plugin = readFileSync(join(import.meta.dirname, '../plugins/onnx/mean.cpp'), 'utf8');
const c = '#include "mvas_plugin.h"\nint main(void) { return 0; }\n';

describe.each([
  ['gcc', 'g++'],
  ['clang', 'clang++'],
  ['x86_64-w64-mingw32-gcc', 'x86_64-w64-mingw32-g++'],
])('%s', (cCompiler, cxxCompiler) => {
  const available = optionalTool(cCompiler) !== undefined && optionalTool(cxxCompiler) !== undefined;

  test.skipIf(!available).each(['c11', 'c17'])('compiles the C header as %s without a warning', async (std) => {
    await compileText(cCompiler, 'c', std, c);
  });

  test.skipIf(!available).each(['c++11', 'c++17', 'c++20'])('compiles the C header as %s without a warning', async (std) => {
    await compileText(cxxCompiler, 'c++', std, c);
  });

  test.skipIf(!available).each(['c++17', 'c++20'])('compiles the C++ layer and the ONNX session as %s without a warning', async (std) => {
    await compileText(cxxCompiler, 'c++', std, plugin);
  });
});

test('a changed layout does not compile', async () => {
  const folder = await scratchFolder();
  await writeFile(join(folder, 'mvas_plugin.h'), text.replace('  int32_t channels; ', '  int64_t channels; '));
  await writeFile(join(folder, 'main.c'), c);
  await expect(run('cc', ['-std=c11', '-fsyntax-only', join(folder, 'main.c')])).rejects.toThrow(/assert/i);
});

async function compileText(compiler: string, language: string, std: string, source: string): Promise<void> {
  const compilation = run(compiler, [...strict, `-std=${std}`, '-x', language, '-']);
  compilation.child.stdin?.end(source);
  expect((await compilation).stderr).toBe('');
}

// Asks the C compiler what the header really says: sizes, offsets, types and constants as it lays them out.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parsePluginHeader } from '../scripts/plugin-header.js';
import { sdkInclude } from './compile-plugin.ts';

const run = promisify(execFile);

/** What a probe found; `kind` of a field is how it is stored. */
export interface AbiProbe {
  readonly structs: Readonly<
    Record<string, { size: number; fields: Readonly<Record<string, { offset: number; type: 'pointer' | 'int32' | 'float32' }>> }>
  >;
  readonly constants: Readonly<Record<string, number | string>>;
  /** Names of the exported functions, required ones first. */
  readonly functions: readonly string[];
}

/** Compiles and runs a program that prints the header's layout, in a folder of the caller's. */
export async function probeAbi(folder: string, compiler = 'cc'): Promise<AbiProbe> {
  const { structs, constants, functions } = parsePluginHeader(readFileSync(join(sdkInclude, 'mvas_plugin.h'), 'utf8'));
  const lines = structs.flatMap(({ name, fields }) => [
    `  printf("{\\"struct\\": \\"${name}\\", \\"size\\": %d}\\n", (int)sizeof(${name}));`,
    ...fields.map(
      (field) =>
        `  printf("{\\"struct\\": \\"${name}\\", \\"field\\": \\"${field.name}\\", \\"offset\\": %d, \\"type\\": \\"%s\\"}\\n", (int)offsetof(${name}, ${field.name}), TYPE(((${name} *)0)->${field.name}));`,
    ),
  ]);
  const prints = constants.map(({ name, value }) =>
    typeof value === 'number'
      ? `  printf("{\\"constant\\": \\"${name}\\", \\"value\\": %d}\\n", (int)${name});`
      : `  printf("{\\"constant\\": \\"${name}\\", \\"value\\": \\"%s\\"}\\n", ${name});`,
  );
  await writeFile(join(folder, 'probe.c'), [...head, ...lines, ...prints, '  return 0;', '}', ''].join('\n'));
  await run(compiler, ['-std=c11', `-I${sdkInclude}`, join(folder, 'probe.c'), '-o', join(folder, 'probe')]);
  const { stdout } = await run(join(folder, 'probe'));
  return { ...collect(stdout), functions: functions.map(({ name }) => name) };
}

const head = [
  '#include <stddef.h>',
  '#include <stdio.h>',
  '#include "mvas_plugin.h"',
  '#define TYPE(x) _Generic((x), int32_t: "int32", float: "float32", uint8_t *: "pointer", const char *: "pointer", float *: "pointer")',
  'int main(void) {',
];

interface ProbeLine {
  readonly struct?: string;
  readonly size?: number;
  readonly field?: string;
  readonly offset?: number;
  readonly type?: 'pointer' | 'int32' | 'float32';
  readonly constant?: string;
  readonly value?: number | string;
}

function collect(output: string): Pick<AbiProbe, 'structs' | 'constants'> {
  const structs: Record<string, { size: number; fields: Record<string, { offset: number; type: 'pointer' | 'int32' | 'float32' }> }> = {};
  const constants: Record<string, number | string> = {};
  for (const text of output.trim().split(/\r?\n/)) {
    const line = JSON.parse(text) as ProbeLine;
    if (line.constant !== undefined && line.value !== undefined) constants[line.constant] = line.value;
    if (line.struct === undefined) continue;
    structs[line.struct] ??= { size: line.size ?? 0, fields: {} };
    const fields = structs[line.struct]?.fields;
    if (fields !== undefined && line.field !== undefined && line.offset !== undefined && line.type !== undefined)
      fields[line.field] = { offset: line.offset, type: line.type };
  }
  return { structs, constants };
}

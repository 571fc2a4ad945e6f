// The ONNX Runtime that projects ship is one that sends nothing: releases from 1.29 on upload telemetry from the machine they run on.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { hostPlatform, platforms } from '../../src/core/platform.ts';

test('the ONNX Runtime of the kit has no telemetry uploader in it', () => {
  const { os, cpu, onnxruntime } = platforms[hostPlatform()];
  const root = dirname(dirname(fileURLToPath(import.meta.resolve('onnxruntime-node'))));
  const library = readFileSync(join(root, 'bin/napi-v6', os, cpu, onnxruntime));
  for (const trace of ['ORT_DISABLE_TELEMETRY', 'Microsoft/DeveloperTools']) expect(library.includes(trace), trace).toBe(false);
});

// Which instructions beyond the least of its platform the library holds.
import { instructionUse } from '../../../binary/instruction-use.ts';
import { defineCheck } from '../../check.ts';
import { skip } from '../../finding.ts';

const check = defineCheck({
  id: 'binary/instruction-set',
  title: 'The library runs on every processor of its platform, or chooses its instructions at run time',
  why: 'A library compiled with -march=native dies with an illegal instruction on an older factory computer.',
  fix: 'Compile for the baseline (no -march=native, no -mavx2), and put faster variants behind a look at the processor (__builtin_cpu_supports).',
  spec: 'abi.md#loading',
  blind:
    'Whether such instructions are ever reached, code behind the first 8 MB, libraries that it needs, and arm64: only x64 code is read.',
  severity: 'info',
  since: '0.1.0',
  isolation: 'static',
  run({ binary, library }) {
    if ('unreadable' in binary || binary.type !== 'library') return skip('not-reached', 'the file is no shared library (binary/format)');
    if (binary.machine !== 'x64') return [];
    const { avx, avx512, asksProcessor } = instructionUse(library, binary);
    const found = [...(avx > 0 ? [`${avx} of AVX or AVX2`] : []), ...(avx512 > 0 ? [`${avx512} of AVX-512`] : [])];
    if (found.length === 0) return [];
    const words = asksProcessor
      ? 'it also asks which processor it runs on, so it may choose'
      : 'nothing in it asks which processor it runs on';
    return [
      {
        message: `it holds instructions that not every x64 processor has: ${found.join(' and ')}; ${words}`,
        data: { avx, avx512, asksProcessor },
      },
    ];
  },
});
export default check;

// The library is made for the machine it is meant for.
import { defineCheck, type StaticContext } from '../../check.ts';
import { type Finding, skip } from '../../finding.ts';

const check = defineCheck({
  id: 'binary/platform',
  title: 'Processor, width and system of the library are those of its platform, and every library that the manifest names is there',
  why: 'A package for two platforms with one file copied twice fails only on the machine of the customer.',
  fix: 'Build for that platform (CMake: the right toolchain file) and let the manifest name the file that was built.',
  spec: 'abi.md#loading',
  blind: 'Instructions beyond the baseline of the processor, such as AVX-512.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'static',
  run({ binary, platform, declared }) {
    if ('unreadable' in binary) return skip('not-reached', 'the file is no shared library (binary/format)');
    const own = mismatch(binary, platform, 'the library');
    const others = declared.flatMap((entry): Finding[] => {
      const words = `${entry.path}, which the manifest names for ${entry.platform},`;
      if (entry.binary !== undefined) return mismatch(entry.binary, entry.platform, words);
      return [{ message: `${words} is missing`, severity: entry.isRequired ? 'error' : 'info' }];
    });
    return [...own, ...others];
  },
});
export default check;

function mismatch(binary: StaticContext['binary'], platform: StaticContext['platform'], words: string): Finding[] {
  if ('unreadable' in binary) return [{ message: `${words} cannot be used: ${binary.unreadable}` }];
  if (binary.platforms.includes(platform)) return [];
  const { format, machine, bits, os } = binary;
  return [
    { message: `${words} is for ${machine}, ${bits} bits, ${os} (${format}), not for ${platform}`, data: { platform, machine, bits, os } },
  ];
}

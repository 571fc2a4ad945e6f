// The version of the contract that the plugin was made for.
import { defineCheck } from '../../check.ts';

const check = defineCheck({
  id: 'abi/version',
  title: 'mvas_abi_version, where it is exported, tells version 2.0 of the contract',
  why: 'A host that reads another number refuses the plugin, or calls it by rules it does not follow.',
  fix: 'Return MVAS_ABI_VERSION_MAJOR << 16 | MVAS_ABI_VERSION_MINOR from the header you compile with.',
  spec: 'abi.md#mvas_abi_version',
  blind: 'Whether the plugin keeps the rules of that version: all other checks look at that.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'child',
  needs: [],
  uses: ['mvas_abi_version'],
  run({ plugin, exports }) {
    if (!exports('mvas_abi_version'))
      return [{ message: 'it is not exported; the plugin is judged by the rules of 2.0', severity: 'info' }];
    const version = plugin.abiVersion();
    const [major, minor] = [version >>> 16, version & 0xffff];
    const message = `it returns 0x${version.toString(16)}, version ${major}.${minor} instead of 2.0`;
    return version === 2 << 16 ? [] : [{ message, severity: major === 2 ? 'warning' : 'error', data: { version } }];
  },
});
export default check;

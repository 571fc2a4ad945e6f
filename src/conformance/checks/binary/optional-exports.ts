// Optional functions whose absence a host feels.
import { defineCheck } from '../../check.ts';
import { type Finding, skip } from '../../finding.ts';

const check = defineCheck({
  id: 'binary/optional-exports',
  title: 'Optional functions that belong together are exported together',
  why: 'Without mvas_free_result a host must copy a result before its next call; settings that can be set and not read cannot be shown.',
  fix: 'Export mvas_free_result, and mvas_get_config beside mvas_set_config; MVAS_PLUGIN of the C++ layer does both.',
  spec: 'abi.md#functions',
  blind: 'What the functions do: other checks call them.',
  severity: 'info',
  since: '0.1.0',
  isolation: 'static',
  run({ binary }) {
    if ('unreadable' in binary || binary.type !== 'library') return skip('not-reached', 'the file is no shared library (binary/format)');
    const exported = new Set(binary.exports.map(({ name }) => name));
    const findings: Finding[] = [];
    if (!exported.has('mvas_free_result'))
      findings.push({ message: 'mvas_free_result is not exported: a result is valid until the next mvas_infer or mvas_cleanup only' });
    if (exported.has('mvas_set_config') && !exported.has('mvas_get_config'))
      findings.push({ message: 'mvas_set_config is exported without mvas_get_config: nobody can read the settings back' });
    return findings;
  },
});
export default check;

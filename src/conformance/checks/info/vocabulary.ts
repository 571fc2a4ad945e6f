// What the plugin says of itself is in words that hosts know.
import { categories } from '../../../manifest/schema-parts.ts';
import { defineCheck } from '../../check.ts';
import { type Finding, skip } from '../../finding.ts';
import { formatChannels } from '../../test-image.ts';

const check = defineCheck({
  id: 'info/vocabulary',
  title: 'model_type and input_format are words of the contract, and the input size is above zero',
  why: 'A host chooses camera format, buffers and display by them.',
  fix: 'Use the MVAS_MODEL_ and MVAS_FORMAT_ constants and the size your model works on.',
  spec: 'abi.md#mvas_get_info',
  blind: 'Whether the words are true.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_get_info'],
  run({ plugin }) {
    const info = plugin.getInfo();
    if (info === null) return skip('not-reached', 'mvas_get_info returns NULL');
    return [
      ...word('model_type', info.modelType, categories),
      ...word('input_format', info.inputFormat, Object.keys(formatChannels)),
      ...positive('input_width', info.inputWidth),
      ...positive('input_height', info.inputHeight),
    ];
  },
});
export default check;

function word(field: string, value: string | null, words: readonly string[]): Finding[] {
  if (value !== null && words.includes(value)) return [];
  return [
    { message: `${field} is ${value === null ? 'NULL' : JSON.stringify(value)}, not one of ${words.join(', ')}`, data: { field, value } },
  ];
}

function positive(field: string, value: number): Finding[] {
  return value > 0 ? [] : [{ message: `${field} is ${value}, not above 0`, data: { field, value } }];
}

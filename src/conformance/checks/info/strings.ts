// What the plugin says of itself can be shown.
import { defineCheck } from '../../check.ts';
import { type Finding, skip } from '../../finding.ts';

const longestBytes = 1024;
const required = ['name', 'version', 'model_type'];

const check = defineCheck({
  id: 'info/strings',
  title: 'Name, version and model_type are not empty, and every string of the info is UTF-8 of at most 1024 bytes',
  why: 'Hosts show and log them, and decode them strictly; a Latin-1 letter in the maker’s name stops the list of plugins.',
  fix: 'Save the source as UTF-8, fill in name, version and model_type, and use NULL for what is unknown.',
  spec: 'abi.md#mvas_get_info',
  blind: 'Whether the words are true, or fit for a user to read.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_get_info'],
  run({ plugin }) {
    const info = plugin.getInfo();
    if (info === null) return skip('not-reached', 'mvas_get_info returns NULL');
    const strings: [field: string, value: string | null][] = [
      ['name', info.name],
      ['version', info.version],
      ['author', info.author],
      ['description', info.description],
      ['model_type', info.modelType],
      ['input_format', info.inputFormat],
    ];
    return strings.flatMap(([field, value]): Finding[] => {
      const problem = problemOf(field, value);
      return problem === undefined ? [] : [{ message: `${field} ${problem}`, data: { field, value } }];
    });
  },
});
export default check;

function problemOf(field: string, value: string | null): string | undefined {
  if (required.includes(field)) {
    if (value === null) return 'is NULL';
    if (value.trim() === '') return 'is empty';
  }
  if (value === null) return undefined;
  if (value.includes('\uFFFD')) return `is no UTF-8: ${JSON.stringify(value.slice(0, 80))}`;
  const bytes = Buffer.byteLength(value);
  return bytes > longestBytes ? `has ${bytes} bytes, more than ${longestBytes}` : undefined;
}

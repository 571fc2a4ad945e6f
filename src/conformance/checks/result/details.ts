// Details are JSON that every reader takes.
import { defineCheck } from '../../check.ts';
import { quoted } from '../../result-problems.ts';

const longestText = 1 << 24;

const check = defineCheck({
  id: 'result/details',
  title: 'details_json is NULL or one JSON object in UTF-8',
  why: 'Hosts store it in a database: one trailing comma, one NaN, and the record of the part is lost.',
  fix: 'Write it with a JSON library; JSON knows neither NaN nor Infinity, and numbers have a point whatever the locale.',
  spec: 'abi.md#result',
  blind: 'What the object says.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'results',
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  uses: ['mvas_free_result'],
  look(context) {
    const { memory } = context;
    return (struct) => {
      const address = struct.get('details_json');
      return address === 0n ? undefined : textProblem(memory.readText(address, longestText));
    };
  },
});
export default check;

function textProblem(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return 'details_json has no end';
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return objectProblem(text);
  } catch {
    return `details_json is no UTF-8: ${quoted(new TextDecoder().decode(bytes))}`;
  }
}

function objectProblem(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? undefined : `details_json is JSON, but no object: ${quoted(text)}`;
  } catch {
    return `details_json is no JSON: ${quoted(text)}`;
  }
}

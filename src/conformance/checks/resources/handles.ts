// What a plugin opens, starts and maps, it gives back.
import type { ProcessCounts } from '../../../harness/process-probes.ts';
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';

const rounds = 5;
/** Node may unmap some of its own memory in one of them. */
const growingRounds = 4;
const held: readonly (readonly [key: keyof ProcessCounts, words: string, least: number])[] = [
  ['descriptors', 'open descriptors', 1],
  ['threads', 'threads', 1],
  ['mappedBytes', 'mapped bytes', 65536],
];

const check = defineCheck({
  id: 'resources/handles',
  title: 'Descriptors, threads and mapped memory do not grow with lives or inspections, and no file stays open after mvas_cleanup',
  why: 'A process may have some thousand descriptors; one lost per recipe change ends in "too many open files" at three in the morning.',
  fix: 'Close the model when it is read, join every thread in mvas_cleanup, and unmap what was mapped, also on the ways out that fail.',
  spec: 'abi.md#mvas_cleanup',
  blind: 'Memory of a device; what grows in less than every inspection or life; files of a driver or runtime below /dev.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'child',
  measures: 'process',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  uses: ['mvas_free_result'],
  run({ plugin, exports, image, result, file, process }) {
    const picture = image();
    const native = result(0);
    const missing = `${file('none', null)}/missing.model`;
    const before = new Set(process.descriptors().values());
    const findings: Finding[] = [];
    const look = (words: string, round: () => void) => {
      const grown = growth(process.counts, round);
      findings.push(...grown.map(([text, value]) => ({ message: `${value} more ${text} with each ${words}`, data: { [text]: value } })));
    };
    const inspect = () => {
      native.fill(0);
      plugin.inferInto(picture, native);
      if (exports('mvas_free_result')) plugin.freeResult(native);
    };
    plugin.start();
    look('inspection', inspect);
    plugin.cleanup();
    const left = [...process.descriptors().values()].filter((target) => isFile(target) && !before.has(target));
    findings.push(...[...new Set(left)].map((path) => ({ message: `${path} is still open after mvas_cleanup`, data: { path } })));
    look('life', () => {
      plugin.init();
      inspect();
      plugin.cleanup();
    });
    look('mvas_init that fails', () => plugin.init(missing));
    return findings;
  },
});
export default check;

function isFile(target: string): boolean {
  return target.startsWith('/') && !/^\/(dev|proc|sys|memfd:)/.test(target);
}

/** What grows in nearly every round, seen twice: Node maps and unmaps memory of its own, but not each time. */
function growth(counts: () => ProcessCounts, round: () => void): [words: string, each: number][] {
  round();
  const look = () => {
    const seen = [counts()];
    const grown = (): [string, number][] =>
      held.flatMap(([key, words, least]): [string, number][] => {
        const steps = seen.slice(1).map((later, index) => later[key] - (seen[index] as ProcessCounts)[key]);
        const steady = steps.toSorted((a, b) => a - b)[rounds - growingRounds] ?? least;
        return steady >= least ? [[words, steady]] : [];
      });
    // what has not grown in two rounds cannot have grown in nearly every one
    for (let made = 0; made < rounds && grown().length > 0; made++) {
      round();
      seen.push(counts());
    }
    return grown();
  };
  const suspects = look();
  if (suspects.length === 0) return [];
  const again = new Set(look().map(([words]) => words));
  return suspects.filter(([words]) => again.has(words));
}

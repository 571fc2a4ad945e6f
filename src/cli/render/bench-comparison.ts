// What `mvas bench compare` prints.
import pc from 'picocolors';
import { equalWithin } from '../../bench/build-difference.ts';
import type { BuildComparison, ComparedBuild } from '../../bench/compare-builds.ts';
import { figureColumns, time } from './bench-figures.ts';
import { tableLines } from './table.ts';

/** The lines that show a comparison: never a percentage without its interval. */
export function comparisonLines(comparison: BuildComparison, colour: boolean): string[] {
  const { old, new: now, ratio, interval, p, rounds, iterations, unlike, sameDecisions, machine } = comparison;
  const paint = pc.createColors(colour);
  const cells = (what: string, { plugin, medianMs, decisions }: ComparedBuild, least: number, most: number): string[] => [
    what,
    `${plugin.path} v${plugin.version}`,
    time(medianMs),
    `${time(least)}…${time(most)}`,
    Object.keys(decisions).join('/'),
  ];
  const range = (side: 'oldMs' | 'newMs') =>
    [Math.min(...rounds.map((one) => one[side])), Math.max(...rounds.map((one) => one[side]))] as const;
  const busy = machine.load !== null && machine.load > machine.cores * 0.75;
  return [
    ...tableLines(
      [{ title: '' }, { title: 'PLUGIN' }, ...figureColumns('', ['MEDIAN', 'OF PROCESSES']).slice(1), { title: 'DECISION' }],
      [cells('old', old, ...range('oldMs')), cells('new', now, ...range('newMs'))],
    ),
    '',
    `${verdictLine(comparison, paint)}`,
    `  new over old ${ratio.toFixed(3)} (99 %: ${interval.map((end) => end.toFixed(3)).join(' to ')}), p ${p < 0.001 ? '< 0.001' : p.toPrecision(2)} (Mann-Whitney), ${rounds.length} processes of ${iterations} inspections each`,
    ...(unlike.length > 0 ? [paint.yellow(`  the two also differ in ${unlike.join(', ')}: compared because of --force`)] : []),
    ...(sameDecisions ? [] : [paint.red('  the two do not decide alike on this picture: mvas golden compare shows in what')]),
    ...(busy ? [`  the machine was busy (load ${machine.load} on ${machine.cores} core(s))`] : []),
  ];
}

function verdictLine({ verdict, ratio, interval: [low, high] }: BuildComparison, paint: ReturnType<typeof pc.createColors>): string {
  const off = (end: number): string => `${Math.abs(100 * (end - 1)).toFixed(1)} %`;
  const ends = [off(low), off(high)];
  if (verdict === 'worse') return `${paint.red('worse')}: the new build is slower by ${off(ratio)} (${ends.join(' to ')})`;
  if (verdict === 'better') return `${paint.green('better')}: the new build is faster by ${off(ratio)} (${ends.reverse().join(' to ')})`;
  if (verdict === 'same') return `${paint.green('same')}: whatever difference there is lies within ${100 * equalWithin} %`;
  return `${paint.yellow('inconclusive')}: the noise of this machine hides whether there is a difference; more --rounds or a quieter machine may tell`;
}

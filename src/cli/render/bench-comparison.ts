// What `mvas bench compare` prints.
import pc from 'picocolors';
import { type BuildDifference, equalWithin } from '../../bench/build-difference.ts';
import type { BuildComparison, ComparedBuild } from '../../bench/compare-builds.ts';
import type { RecordedComparison } from '../../bench/compare-reports.ts';
import { isBusy, type Machine } from '../../bench/machine.ts';
import { figureColumns, time } from './bench-figures.ts';
import { coresText } from './cores.ts';
import { tableLines } from './table.ts';

/** The lines that show a comparison: never a percentage without its interval. */
export function comparisonLines(comparison: BuildComparison, colour: boolean): string[] {
  const { old, new: now, rounds, iterations, machine } = comparison;
  const paint = pc.createColors(colour);
  const timed = (side: 'oldMs' | 'newMs'): number[] => rounds.map((one) => one[side]);
  return [
    ...sidesTable([old, timed('oldMs')], [now, timed('newMs')]),
    '',
    verdictLine(comparison, paint, 'more --rounds or a quieter machine may tell'),
    `${ratioText(comparison)}, ${rounds.length} processes of ${iterations} inspections each`,
    ...remarks(comparison, paint),
    ...busyLine('the machine', machine),
  ];
}

/** The lines that show a comparison of two recorded reports. */
export function recordedLines(comparison: RecordedComparison, colour: boolean): string[] {
  const { old, new: now } = comparison;
  const paint = pc.createColors(colour);
  return [
    ...sidesTable([old, old.mediansMs], [now, now.mediansMs]),
    '',
    verdictLine(comparison, paint, 'run the builds in turns, which finds less: mvas bench compare old.so new.so'),
    `${ratioText(comparison)}, ${old.mediansMs.length} and ${now.mediansMs.length} processes`,
    ...remarks(comparison, paint),
    ...busyLine(`the machine of ${old.report}`, old.machine),
    ...busyLine(`the machine of ${now.report}`, now.machine),
  ];
}

type Side = Pick<ComparedBuild, 'plugin' | 'medianMs' | 'decisions'>;
type Paint = ReturnType<typeof pc.createColors>;

function sidesTable(...sides: readonly (readonly [side: Side, processesMs: readonly number[]])[]): string[] {
  return tableLines(
    [{ title: '' }, { title: 'PLUGIN' }, ...figureColumns('', ['MEDIAN', 'OF PROCESSES']).slice(1), { title: 'DECISION' }],
    sides.map(([{ plugin, medianMs, decisions }, processesMs], at) => [
      at === 0 ? 'old' : 'new',
      `${plugin.path} v${plugin.version}`,
      time(medianMs),
      `${time(Math.min(...processesMs))}…${time(Math.max(...processesMs))}`,
      Object.keys(decisions).join('/'),
    ]),
  );
}

function ratioText({ ratio, interval, p }: BuildDifference): string {
  return `  new over old ${ratio.toFixed(3)} (99 %: ${interval.map((end) => end.toFixed(3)).join(' to ')}), p ${p < 0.001 ? '< 0.001' : p.toPrecision(2)} (Mann-Whitney)`;
}

function remarks({ unlike, sameDecisions }: Pick<RecordedComparison, 'unlike' | 'sameDecisions'>, paint: Paint): string[] {
  return [
    ...(unlike.length > 0 ? [paint.yellow(`  the two also differ in ${unlike.join(', ')}: compared because of --force`)] : []),
    ...(sameDecisions ? [] : [paint.red('  the two do not decide alike on this picture: mvas golden compare shows in what')]),
  ];
}

function busyLine(whose: string, machine: Machine): string[] {
  const { load, loadAfter, cores } = machine;
  const after = loadAfter === null ? '' : `, ${loadAfter} afterwards`;
  return isBusy(machine) ? [`  ${whose} was busy (load ${load ?? 'not told'}${after}, on ${coresText(cores)})`] : [];
}

function verdictLine({ verdict, ratio, interval: [low, high] }: BuildDifference, paint: Paint, advice: string): string {
  const off = (end: number): string => `${Math.abs(100 * (end - 1)).toFixed(1)} %`;
  const ends = [off(low), off(high)];
  if (verdict === 'worse') return `${paint.red('worse')}: the new build is slower by ${off(ratio)} (${ends.join(' to ')})`;
  if (verdict === 'better') return `${paint.green('better')}: the new build is faster by ${off(ratio)} (${ends.reverse().join(' to ')})`;
  if (verdict === 'same') return `${paint.green('same')}: whatever difference there is lies within ${100 * equalWithin} %`;
  return `${paint.yellow('inconclusive')}: the noise of this machine hides whether there is a difference; ${advice}`;
}

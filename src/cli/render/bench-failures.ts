// What did not hold in a benchmark, each in one line: budget, measurement, interval, samples.
import type { BenchReport } from '../../bench/bench-report.ts';
import type { BudgetLine } from '../../bench/judge-budget.ts';

/** One line for each limit that is broken or open, each wrong result, each figure that grows. */
export function benchFailures({ budget, results, images = [], soak, image }: BenchReport): string[] {
  const wrong = [results, ...images.filter((row) => row.image !== results.image)].filter(({ reference }) => reference === 'differs');
  return [
    ...(budget?.lines ?? []).flatMap((line) => limitLine(line, budget?.path ?? '')),
    ...wrong.map(wrongLine),
    ...(results.reference === 'stale' ? [`the reference of ${image.path} was not used: ${results.problems.join('; ')}`] : []),
    ...(soak === undefined ? [] : growthLines(soak)),
  ];
}

/** One line a picture: a wrong result differs in many outputs at once, and `mvas golden` is what shows them all. */
function wrongLine({ image, problems: [first = '', ...others] }: Pick<BenchReport['results'], 'image' | 'problems'>): string {
  const more = others.length === 0 ? '' : `; and ${others.length} more, which mvas golden shows`;
  return `${image}: the result while it was timed is not the golden one: ${first}${more}`;
}

function limitLine({ limit, from, allowed, value, interval: [low, high], samples, ok, note }: BudgetLine, path: string): string[] {
  if (ok === true) return [];
  const by = from === 'benchmark.json' ? path : 'performance.baseline of the manifest';
  if (value === null) return [`${limit} of ${by} cannot be judged: ${note}`];
  const known = low === null && high === null ? '' : ` (95 %: ${figure(low)} to ${figure(high)})`;
  const more = note === undefined ? '' : `; ${note}`;
  return [`${limit} is ${figure(value)}${known} from ${samples} sample(s), and ${by} allows ${allowed}${more}`];
}

function growthLines({ memory, threads, descriptors, bytesPerInspection, minutes }: NonNullable<BenchReport['soak']>): string[] {
  const named = { memory: [memory, 'MiB'], threads: [threads, 'threads'], descriptors: [descriptors, 'descriptors'] } as const;
  return Object.entries(named).flatMap(([what, [trend, unit]]) => {
    if (trend?.verdict !== 'grows') return [];
    const [low, high] = trend.interval;
    const each = what === 'memory' ? `, ${bytesPerInspection} bytes an inspection` : '';
    return [
      `${what} grows all the time: ${figure(trend.perHour)} ${unit} an hour (99 %: ${figure(low)} to ${figure(high)})${each}, seen in ${minutes.toFixed(1)} min`,
    ];
  });
}

function figure(value: number | null): string {
  return value === null ? 'unknown' : String(Number(value.toPrecision(4)));
}

// JSON Schema of the report of `mvas bench`.
import { count, number, object, reportSchema, text } from '../golden/report-head-schema.ts';
import { tableProperties } from './bench-tables-schema.ts';
import { checkedResults, flag, histogram, latency, listOf, orNull, pair, share, timeline } from './latency-schema.ts';

const budgetLine = object(
  {
    limit: { enum: ['median_ms', 'p99_ms', 'takt_ms', 'throughput_fps', 'load_ms', 'memory_mb'] },
    from: { enum: ['benchmark.json', 'performance.baseline'] },
    allowed: number,
    value: orNull,
    interval: pair('where the true value lies 95 times of 100; null where so few samples do not tell'),
    samples: count,
    ok: { type: ['boolean', 'null'], description: 'null: too few samples to say' },
    note: text,
  },
  ['note'],
);

export const machine = object({
  cpu: text,
  gpu: { type: ['string', 'null'] },
  cores: count,
  cpuFlags: listOf(text),
  governor: { type: ['string', 'null'] },
  load: orNull,
  loadAfter: orNull,
  memoryMb: number,
  threads: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
});

export const picture = object({ path: text, sha256: text, width: count, height: count, format: text });

const takt = object({
  taktMs: number,
  parts: count,
  missed: count,
  worstMs: number,
  missedShare: { ...share, description: 'the share of late parts lies in here 95 times of 100' },
  longestStall: object({ ms: number, parts: count }),
  jitterMs: object({ median: number, max: number }),
  latency: { ...latency, description: 'from the moment when the part was due to its result' },
  closed: { ...latency, description: 'of the calls alone' },
  histogram,
  timeline,
});

const budget = object({ path: text, ok: { type: ['boolean', 'null'] }, lines: listOf(budgetLine) });

/** Describes reports/bench.<platform>.json; times in milliseconds unless the name says otherwise. */
export const benchReportSchema = reportSchema(
  'bench',
  'Benchmark of an MVAS plugin',
  {
    machine,
    image: picture,
    iterations: count,
    warmup: count,
    cold: { ...object({ starts: count, loadMs: number, initMs: number, firstInferMs: number }), description: 'medians of so many starts' },
    processes: {
      ...object({ mediansMs: listOf(number), inspections: count }),
      description: 'median of each freshly started process, and how many inspections these rest on in all',
    },
    latency: { ...latency, description: 'wall time of mvas_infer' },
    ownLatency: { ...latency, description: "the plugin's own inference_time_ms" },
    throughputFps: number,
    distribution: listOf(object({ percent: number, ms: number })),
    histogram,
    timeline,
    decisions: { type: 'object', additionalProperties: count },
    results: checkedResults,
    memory: object({ beforeMb: number, peakMb: number, pluginMb: number }),
    timer: object({ resolutionNs: number, overheadNs: number }),
    idle: object({ seconds: number, latency }),
    takt,
    ...tableProperties,
    budget: { oneOf: [budget, { type: 'null' }] },
    baselineSkipped: text,
    ok: flag,
  },
  ['idle', 'takt', ...Object.keys(tableProperties), 'baselineSkipped'],
);

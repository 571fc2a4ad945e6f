// JSON Schema of the report of `mvas bench`.
import { count, number, object, reportSchema, text } from '../golden/report-head-schema.ts';
import { neededSamples } from './percentiles.ts';

const orNull = { type: ['number', 'null'] } as const;

const latency = object({
  samples: count,
  ...Object.fromEntries(['mean', 'std', 'min', 'median', 'max'].map((name) => [name, number])),
  ...Object.fromEntries(
    Object.entries(neededSamples).map(([name, needed]) => [name, { ...orNull, description: `null below ${needed} samples` }]),
  ),
});

const budgetLine = object(
  {
    limit: { enum: ['p99_ms', 'takt_ms', 'throughput_fps', 'load_ms', 'memory_mb'] },
    allowed: number,
    value: orNull,
    ok: { type: ['boolean', 'null'], description: 'null: too few samples to say' },
    note: text,
  },
  ['note'],
);

const budget = object({ path: text, ok: { type: ['boolean', 'null'] }, lines: { type: 'array', items: budgetLine } });

/** Describes reports/bench.<platform>.json; times in milliseconds unless the name says otherwise. */
export const benchReportSchema = reportSchema('bench', 'Benchmark of an MVAS plugin', {
  machine: object({
    cpu: text,
    cores: count,
    cpuFlags: { type: 'array', items: text },
    governor: { type: ['string', 'null'] },
    load: orNull,
    memoryMb: number,
  }),
  image: object({ path: text, width: count, height: count, format: text }),
  iterations: count,
  warmup: count,
  cold: object({ loadMs: number, initMs: number, firstInferMs: number }),
  latency: { ...latency, description: 'wall time of mvas_infer' },
  ownLatency: { ...latency, description: "the plugin's own inference_time_ms" },
  throughputFps: number,
  distribution: { type: 'array', items: object({ percent: number, ms: number }) },
  decisions: { type: 'object', additionalProperties: count },
  memory: object({ beforeMb: number, peakMb: number, pluginMb: number }),
  timer: object({ resolutionNs: number, overheadNs: number }),
  budget: { oneOf: [budget, { type: 'null' }] },
  ok: { type: 'boolean' },
});

// The shape of a conformance report: its published schema, and the type that follows from it.
import type { FromSchema } from 'json-schema-to-ts';
import { platformKeys } from '../core/platform.ts';
import { profileNames } from './profiles.ts';

const text = { type: 'string', minLength: 1 } as const;
const digest = { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'SHA-256 in lower-case hexadecimal' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const severity = { enum: ['error', 'warning', 'info'] } as const;
const file = {
  type: 'object',
  additionalProperties: false,
  required: ['path', 'sha256'],
  properties: { path: text, sha256: digest },
} as const;

const finding = {
  type: 'object',
  additionalProperties: false,
  required: ['message', 'severity'],
  properties: { message: text, severity, data: { type: 'object' } },
} as const;

const check = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'title', 'severity', 'status', 'findings', 'durationMs'],
  properties: {
    id: { type: 'string', pattern: '^[a-z]+/[a-z-]+$' },
    title: { ...text, description: 'the rule' },
    severity,
    status: {
      enum: ['pass', 'warn', 'fail', 'skip', 'crash', 'hang', 'exited', 'broken-check'],
      description: 'crash, hang and exited: the plugin took its process with it; broken-check: a fault of the kit, never of the plugin',
    },
    findings: { type: 'array', items: finding },
    reason: { ...text, description: 'why it was skipped, as "code: words"' },
    call: { ...text, description: 'the call that was under way, with its arguments' },
    durationMs: { type: 'number', minimum: 0 },
    repeat: { ...text, description: 'the command line that shows the failure again' },
  },
} as const;

/** JSON Schema 2020-12 of a conformance report. */
export const conformanceReportSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/conformance-report-v1.json',
  title: 'MVAS conformance report 1',
  type: 'object',
  additionalProperties: false,
  required: [
    'schema',
    'plugin',
    'model',
    'config',
    'kit',
    'runner',
    'profile',
    'seed',
    'host',
    'ok',
    'counts',
    'checks',
    'notChecked',
    'durationMs',
  ],
  properties: {
    schema: { const: 'conformance-report-v1' },
    plugin: file,
    model: { anyOf: [file, { type: 'null' }] },
    config: {
      anyOf: [
        { type: 'object', additionalProperties: false, required: ['sha256'], properties: { path: text, sha256: digest } },
        { type: 'null' },
      ],
    },
    kit: {
      type: 'object',
      additionalProperties: false,
      required: ['version', 'sha256'],
      properties: { version: text, sha256: { ...digest, description: 'digest of the checks and what they call' } },
    },
    runner: { enum: ['native', 'qemu', 'wine'] },
    profile: { enum: profileNames },
    seed: { type: 'integer', minimum: 0 },
    host: {
      type: 'object',
      additionalProperties: false,
      required: ['platform', 'system', 'cpu', 'cores', 'node'],
      properties: { platform: { enum: platformKeys }, system: text, cpu: text, cores: { type: 'integer', minimum: 1 }, node: text },
    },
    ok: { type: 'boolean', description: 'nothing failed; in the strict profile nothing warned either, and no rule was out of reach' },
    counts: {
      type: 'object',
      additionalProperties: false,
      required: ['passed', 'warned', 'failed', 'skipped'],
      properties: { passed: count, warned: count, failed: count, skipped: count },
    },
    checks: { type: 'array', items: check },
    notChecked: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'reason'],
        properties: { id: { ...text, description: 'a check that was left out, or "suite" for what no check looks at' }, reason: text },
      },
    },
    durationMs: { type: 'number', minimum: 0 },
  },
} as const;

/** What became of all checks on one plugin: the value of `mvas conform --json`. */
export type ConformanceReport = FromSchema<typeof conformanceReportSchema>;

/** What became of one check. */
export type CheckReport = ConformanceReport['checks'][number];

/** How a check ended. */
export type CheckStatus = CheckReport['status'];

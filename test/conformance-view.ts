// A conformance report with every way a check can end, and with texts that want to be markup.
import type { CheckView, ConformanceView } from '../src/report/conformance/conformance-view.ts';

/** Breaks out of attributes, elements, Markdown and XML where it is not escaped. */
export const hostileText = `"><img src=x onerror=alert(1)></script>]]>&amp; \`\`\` | <b>*x*</b> 'y'\u0000\u001b[31m\ud800 \uffff [l](javascript:x)`;

const digest = 'a'.repeat(64);

function check(id: string, rest: Partial<CheckView> = {}): CheckView {
  return {
    ...{ id, title: `The rule of ${id}`, status: 'pass', kind: 'passed', isGood: true, severity: 'error', findings: [], durationMs: 1.25 },
    ...{ why: 'Hosts rely on it.', fix: 'Keep it.', blind: 'Nothing else.', rule: 'docs/abi.md#image', isStatic: id.startsWith('binary/') },
    ...rest,
  };
}

const error = (message: string) => [{ message, severity: 'error' as const }];

/** All of it. */
export const mixedView: ConformanceView = {
  plugin: { path: 'bin/linux-x64/größe #1.so', sha256: digest },
  model: { path: 'models/model.onnx', sha256: digest },
  config: { sha256: digest },
  kit: { version: '0.1.0', sha256: digest },
  runner: 'native',
  profile: 'strict',
  seed: 7,
  host: { platform: 'linux-x64', system: 'Linux 6.1', cpu: 'A processor', cores: 2, node: '20.19.0' },
  ok: false,
  counts: { passed: 2, warned: 1, failed: 4, skipped: 2 },
  checks: [
    check('binary/format'),
    check('infer/nominal', { findings: [{ message: 'a note', severity: 'info' }] }),
    check('infer/stride', {
      status: 'fail',
      kind: 'failed',
      isGood: false,
      findings: error(hostileText),
      repeat: 'mvas conform . --seed 7',
    }),
    check('infer/bounds', {
      ...{ status: 'crash', kind: 'failed', isGood: false, findings: error('the plugin crashed (SIGSEGV) in mvas_infer, call 3') },
      ...{ call: 'in mvas_infer, call 3, 3×2×3', repeat: "mvas conform 'a b.so' --seed 7" },
    }),
    check('robustness/hangs', { status: 'hang', kind: 'failed', isGood: false, findings: error('the plugin hung for 10 s') }),
    check('result/scores', { status: 'broken-check', kind: 'failed', isGood: false, findings: error('TypeError: a fault\n  at line 3') }),
    check('errors/message', {
      status: 'warn',
      kind: 'warned',
      isGood: false,
      findings: [{ message: 'two texts alike', severity: 'warning' }],
    }),
    check('batch/equals-singles', {
      ...{ status: 'skip', kind: 'skipped', reason: 'optional-function-absent: mvas_infer_batch is not exported' },
    }),
    check('info/stable', { status: 'skip', kind: 'skipped', isGood: false, reason: 'not-reached: mvas_init failed' }),
  ],
  notChecked: [
    { id: 'config/locale', reason: 'left out by --skip' },
    { id: 'suite', reason: 'Whether the verdicts are right.' },
  ],
  durationMs: 1234,
};

/** One that passes. */
export const goodView: ConformanceView = {
  ...mixedView,
  ok: true,
  counts: { passed: 1, warned: 0, failed: 0, skipped: 0 },
  checks: mixedView.checks.slice(0, 1),
};

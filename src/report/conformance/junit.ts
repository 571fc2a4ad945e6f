// A conformance report as JUnit XML, as Jenkins, GitHub's and GitLab's readers take it.
import { type CheckView, type ConformanceView, countWords } from './conformance-view.ts';
import { xmlElement, xmlText } from './xml-text.ts';

/** One suite of one test case a check; what was left out is a skipped test case. */
export function renderJunit(view: ConformanceView): string {
  const left = view.notChecked.filter(({ id }) => id !== 'suite');
  const counts = {
    tests: `${view.checks.length + left.length}`,
    failures: `${view.checks.filter((check) => !check.isGood && check.status !== 'broken-check').length}`,
    errors: `${view.checks.filter(({ status }) => status === 'broken-check').length}`,
  };
  const skipped = view.checks.filter((check) => check.isGood && check.kind === 'skipped').length + left.length;
  const time = seconds(view.durationMs);
  const suite = xmlElement(
    'testsuite',
    { name: 'mvas conform', ...counts, skipped: `${skipped}`, time },
    ['', properties(view), ...view.checks.map(testCase), ...left.map(leftOut), systemOut(closing(view)), ''].join('\n'),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlElement('testsuites', { name: 'mvas conform', ...counts, time }, `\n${suite}\n`)}\n`;
}

function testCase(check: CheckView): string {
  const { id, title, durationMs, reason = '', status, findings, isGood, kind } = check;
  const named = { name: `${id}: ${title}`, classname: classOf(id), time: seconds(durationMs) };
  const message = findings[0]?.message ?? reason;
  if (isGood && kind === 'skipped') return xmlElement('testcase', named, xmlElement('skipped', { message: reason }));
  if (isGood) return xmlElement('testcase', named, findings.length === 0 ? '' : systemOut(seen(check).join('\n')));
  const name = status === 'broken-check' ? 'error' : 'failure';
  return xmlElement('testcase', named, xmlElement(name, { type: status, message }, xmlText(failureText(check))));
}

function leftOut({ id, reason }: { readonly id: string; readonly reason: string }): string {
  return xmlElement('testcase', { name: id, classname: classOf(id), time: '0' }, xmlElement('skipped', { message: reason }));
}

/** Everything needed to mend it: readers show this text and nothing else. */
function failureText(check: CheckView): string {
  const { why, fix, rule, repeat, reason } = check;
  const again = repeat === undefined ? [] : [`again: ${repeat}`];
  return [...seen(check), ...(reason === undefined ? [] : [reason]), '', `why: ${why}`, `fix: ${fix}`, `rule: ${rule}`, ...again].join(
    '\n',
  );
}

function seen({ findings }: CheckView): string[] {
  return findings.map(({ message, severity }) => `${severity}: ${message}`);
}

function properties({ plugin, model, config, kit, runner, profile, seed, host }: ConformanceView): string {
  const facts = {
    'plugin.path': plugin.path,
    'plugin.sha256': plugin.sha256,
    'model.sha256': model?.sha256,
    'config.sha256': config?.sha256,
    'kit.version': kit.version,
    'kit.sha256': kit.sha256,
    ...{ runner, profile, seed: `${seed}`, platform: host.platform },
  };
  const lines = Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [xmlElement('property', { name, value })]));
  return xmlElement('properties', {}, lines.join('\n'));
}

function closing(view: ConformanceView): string {
  const never = view.notChecked.filter(({ id }) => id === 'suite').map(({ reason }) => `- ${reason}`);
  const verdict = view.ok ? 'conforms' : 'does not conform';
  return [`${view.plugin.path} ${verdict}: ${countWords(view)} (profile ${view.profile})`, 'never checked:', ...never].join('\n');
}

function systemOut(text: string): string {
  return xmlElement('system-out', {}, xmlText(text));
}

function classOf(id: string): string {
  return `conformance.${id.slice(0, Math.max(0, id.indexOf('/')))}`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

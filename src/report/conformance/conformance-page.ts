// A conformance report as one HTML file: failures open, everything else a click away.
import { filterBar } from '../filter-bar.ts';
import { type Html, html } from '../html.ts';
import { renderReportPage, type Tone, tones } from '../report-page.ts';
import { conformancePageScript } from './conformance-page-script.ts';
import { conformancePageStyle } from './conformance-page-style.ts';
import { type CheckView, type ConformanceView, countWords, factsOf, statusWord, worstFirst } from './conformance-view.ts';

/** Renders the page; all data is escaped. */
export function renderConformancePage(view: ConformanceView): string {
  const { plugin, ok, profile, seed, durationMs } = view;
  return renderReportPage({
    kind: 'Conformance',
    title: plugin.path.slice(plugin.path.lastIndexOf('/') + 1),
    verdict: ok ? { tone: 'pass', text: 'conforms' } : { tone: 'fail', text: 'does not conform' },
    lead: `${countWords(view)} · profile ${profile} · seed ${seed} · ${(durationMs / 1000).toFixed(1)} s`,
    facts: factsOf(view),
    body: html`${checkList(view)}${notChecked(view)}`,
    style: conformancePageStyle,
    script: conformancePageScript,
  });
}

function checkList({ checks }: ConformanceView): Html {
  const of = (wanted: string) => checks.filter((check) => statusOf(check) === wanted).length;
  const groups = [...new Set(checks.map(({ id }) => groupOf(id)))];
  const bar = filterBar(
    'kind',
    checks.length,
    [
      { value: 'failed', label: 'Failed', tone: 'fail', count: of('failed') },
      { value: 'warned', label: 'Warned', tone: 'review', count: of('warned') },
      { value: 'skipped', label: 'Skipped', tone: 'none', count: of('skipped') },
      { value: 'passed', label: 'Passed', tone: 'pass', count: of('passed') },
    ],
    'Search rules and findings',
  );
  return html`<section class="checks" data-filtered aria-label="Checks">
<div class="tools">${bar}
<div class="more"><label><span class="hidden-label">Group</span><select id="group"><option value="">All groups</option>${groups.map((group) => html`<option>${group}</option>`)}</select></label>
<button type="button" class="button" data-do="fold" aria-pressed="false" title="key E">Expand all</button></div></div>
<div class="list card">${worstFirst(checks).map(checkItem)}</div>
<p class="nothing quiet" hidden>No check matches.</p>
<p class="hidden-label" role="status" id="said"></p>
</section>`;
}

function checkItem(check: CheckView): Html {
  const { id, title, findings, reason, call, durationMs, isGood, status } = check;
  const tone = toneOf(check);
  return html`<details class="check" data-status="${statusOf(check)}" data-group="${groupOf(id)}" data-tone="${tone}"${!isGood && open}>
<summary><span class="sign" data-tone="${tone}">${tones[tone]}<span class="hidden-label"> ${statusWord(check)}</span></span><span class="id">${id}</span><span class="rule">${title}</span><span class="state quiet">${status !== 'pass' && statusWord(check)}</span></summary>
<div class="inside">
${findings.length > 0 && html`<ul class="seen">${findings.map((finding) => html`<li data-severity="${finding.severity}">${finding.severity !== 'error' && html`<span class="severity">${severities[finding.severity]}</span> `}${finding.message}</li>`)}</ul>`}
${reason !== undefined && html`<p class="reason">${reason}</p>`}
<dl>${call !== undefined && html`<dt>Call</dt><dd><code>${call}</code></dd>`}<dt>Why</dt><dd>${check.why}</dd><dt>Fix</dt><dd>${check.fix}</dd><dt>Does not see</dt><dd>${check.blind}</dd><dt>Rule</dt><dd><code>${check.rule}</code></dd><dt>Took</dt><dd class="number">${durationMs.toFixed(1)} ms</dd></dl>
${commandLine(check)}
</div>
</details>
`;
}

const open = html` open`;
const severities = { error: 'error', warning: 'warning', info: 'note' } as const;

/** What repeats a failure; of a check that is well, what tells more of it. */
function commandLine({ id, repeat }: CheckView): Html {
  const line = repeat ?? `mvas conform --explain ${id}`;
  return html`<div class="command"><code>${line}</code><button type="button" class="button" data-copy="${line}">Copy<span class="hidden-label"> the command that ${repeat === undefined ? 'explains' : 'repeats'} ${id}</span></button></div>`;
}

function notChecked({ notChecked: entries }: ConformanceView): Html | false {
  const left = entries.filter(({ id }) => id !== 'suite');
  const never = entries.filter(({ id }) => id === 'suite');
  return html`<section class="card limits" aria-label="What was not checked"><h2>What this report does not say</h2>
${left.length > 0 && html`<h3>Left out of this run</h3><ul>${left.map(({ id, reason }) => html`<li><code>${id}</code>: ${reason}</li>`)}</ul>`}
<h3>What the suite never checks</h3><ul>${never.map(({ reason }) => html`<li>${reason}</li>`)}</ul></section>`;
}

/** What made the verdict bad is shown as failed. */
function statusOf({ kind, isGood }: CheckView): 'failed' | 'warned' | 'skipped' | 'passed' {
  return isGood || kind === 'warned' ? kind : 'failed';
}

function toneOf(check: CheckView): Tone {
  if (check.status === 'broken-check') return 'error';
  return ({ failed: 'fail', warned: 'review', skipped: 'none', passed: 'pass' } as const)[statusOf(check)];
}

function groupOf(id: string): string {
  return id.slice(0, Math.max(0, id.indexOf('/')));
}

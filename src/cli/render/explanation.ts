// What `mvas conform --explain` says: one check in full, or the rules of a group in few lines.
import pc from 'picocolors';
import type { Check } from '../../conformance/check.ts';
import { byHand, examples, waysOfWork } from '../../conformance/guidance.ts';
import type { TextStyle } from './conformance.ts';
import { wrapText } from './wrap.ts';

/** The lines on one check. */
export function explanationLines(check: Check, { colour, columns }: TextStyle): string[] {
  const paint = pc.createColors(colour);
  const { id, title, why, fix, blind, spec, severity, since, isolation } = check;
  const labelled = (label: string, text: string) =>
    wrapText(text, `  ${paint.dim(label)}${' '.repeat(Math.max(1, 9 - label.length))}`, columns, 11);
  const example = examples[id];
  const needs = 'needs' in check && check.needs.length > 0 ? `; it needs ${check.needs.join(', ')}` : '';
  const hand = byHand[id];
  return [
    ...wrapText(title, `${paint.bold(id)}  `, columns, id.length + 2),
    '',
    ...labelled('why', why),
    ...labelled('fix', fix),
    ...(example === undefined ? [] : ['', ...code(paint.red('wrong'), example.wrong), ...code(paint.green('right'), example.right), '']),
    ...labelled('blind', `it does not see: ${blind}`),
    ...labelled('how', `${waysOfWork[isolation]}${needs}`),
    ...labelled('level', `${severity}, since ${since}`),
    ...labelled('rule', `docs/${spec}`),
    `  ${paint.dim('try')}      mvas conform --only ${id}`,
    ...(hand === undefined ? [] : [`  ${paint.dim('by hand')}  ${hand.replace('$P', 'plugin.so')}`]),
  ];
}

/** The lines on a group. */
export function groupLines(checks: readonly Check[], { colour, columns }: TextStyle): string[] {
  const paint = pc.createColors(colour);
  const width = Math.max(...checks.map(({ id }) => id.length)) + 2;
  return [
    ...checks.flatMap(({ id, title }) => wrapText(title, paint.bold(id) + ' '.repeat(width - id.length), columns, width)),
    '',
    `mvas conform --explain ${checks[0]?.id} says more of one`,
  ];
}

/** Code is never broken: it is read as it stands. */
function code(label: string, text: string): string[] {
  return text.split('\n').map((line, index) => `  ${index === 0 ? label : '     '}    ${line}`);
}

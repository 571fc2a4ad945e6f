// A conformance report as SARIF 2.1.0: one rule a check, one result a finding, the library as the artifact.
import { sha256Hex } from '../../core/digest.ts';
import { encodePath } from '../html.ts';
import type { CheckView, ConformanceView } from './conformance-view.ts';

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;

/** The log as JSON text. */
export function renderSarif(view: ConformanceView): string {
  const uri = encodePath(view.plugin.path);
  const broken = view.checks.filter(({ status }) => status === 'broken-check');
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'mvas-kit', version: view.kit.version, rules: view.checks.map(ruleOf) } },
        automationDetails: { id: `mvas-conform/${view.host.platform}/` },
        invocations: [
          {
            executionSuccessful: broken.length === 0,
            toolExecutionNotifications: broken.map(({ id, findings }) => ({
              level: 'error',
              message: { text: findings[0]?.message ?? 'a fault of the kit' },
              associatedRule: { id },
            })),
          },
        ],
        artifacts: [view.plugin, ...(view.model === null ? [] : [view.model])].map(({ path, sha256 }, index) => ({
          location: { uri: encodePath(path) },
          hashes: { 'sha-256': sha256 },
          ...(index === 0 ? { roles: ['analysisTarget'] } : {}),
        })),
        columnKind: 'utf16CodeUnits',
        results: view.checks.flatMap((check, ruleIndex) => (check.status === 'broken-check' ? [] : resultsOf(check, ruleIndex, uri))),
        properties: propertiesOf(view),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf({ id, title, why, fix, blind, rule, severity, isStatic }: CheckView): object {
  const [group = ''] = id.split('/');
  return {
    id,
    name: pascal(id),
    shortDescription: { text: title },
    fullDescription: { text: why || title },
    help: {
      text: `Why: ${why}\nFix: ${fix}\nDoes not see: ${blind}\nRule: ${rule}\nMore: mvas conform --explain ${id}`,
      markdown: `**Why:** ${why}\n\n**Fix:** ${fix}\n\n**Does not see:** ${blind}\n\nRule: \`${rule}\`. More: \`mvas conform --explain ${id}\``,
    },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: [group, isStatic ? 'static' : 'dynamic'] },
  };
}

function resultsOf({ id, findings, repeat, call, status, title }: CheckView, ruleIndex: number, uri: string): object[] {
  return findings.map(({ message, severity }) => ({
    ruleId: id,
    ruleIndex,
    level: levels[severity],
    message: { text: `${title}: ${message}${repeat === undefined ? '' : `\nAgain: ${repeat}`}` },
    // a library has no lines, but GitHub takes no result without one
    locations: [{ physicalLocation: { artifactLocation: { uri, index: 0 }, region: { startLine: 1 } } }],
    partialFingerprints: { 'mvasFinding/v1': sha256Hex(`${id}\n${withoutNumbers(message)}`) },
    properties: { status, ...(call === undefined ? {} : { call }) },
  }));
}

/** Values and addresses differ from build to build; it is the same finding all the same. */
function withoutNumbers(message: string): string {
  return message.replace(/0x[0-9a-f]+|\d+(\.\d+)?(e[+-]?\d+)?/gi, '#');
}

function propertiesOf({ profile, seed, runner, ok, counts, host, config, kit, notChecked, checks }: ConformanceView): object {
  const skipped = checks.filter(({ kind }) => kind === 'skipped').map(({ id, reason }) => ({ id, reason }));
  return { profile, seed, runner, ok, counts, host, config, kitSha256: kit.sha256, skipped, notChecked };
}

function pascal(id: string): string {
  return id
    .split(/[/-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

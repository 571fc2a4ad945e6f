// Whether a package carries the reports that a policy demands: passed, and of the very libraries it holds.
import { sha256Hex } from '../core/digest.ts';
import { isLeftOut } from '../core/left-out.ts';
import type { PlatformKey } from '../core/platform.ts';
import { profileNames } from '../core/profile-names.ts';
import type { NativeManifest } from '../manifest/native-manifest.ts';
import type { Archive } from '../package/archive.ts';
import type { ReportKind } from '../package/report-kinds.ts';
import type { Finding } from './findings.ts';
import type { TrustPolicy } from './trust-policy.ts';

/** A package whose files have been proven. */
export interface ProvenFiles {
  readonly archive: Archive;
  /** SHA-256 by name. */
  readonly digests: ReadonlyMap<string, string>;
}

const maxReportBytes = 64 * 1024 * 1024;

/** What is missing of the reports that a policy demands, for one platform or for all that the package is made for. */
export async function judgeReports(
  policy: TrustPolicy,
  { plugin: { binaries } }: NativeManifest,
  files: ProvenFiles,
  platform: PlatformKey | undefined,
): Promise<Finding[]> {
  const kinds = new Set([
    ...(policy.requiredReports ?? []),
    ...(policy.conformanceProfile === undefined ? [] : (['conformance'] as const)),
  ]);
  const findings: Finding[] = [];
  for (const [key, library] of Object.entries(binaries)) {
    if (platform !== undefined && key !== platform) continue;
    for (const kind of kinds) {
      const name = `reports/${kind}.${key}.json`;
      const problem = await reportProblem(name, kind, library, policy, files);
      if (problem === undefined) continue;
      const message = `${name} ${problem}, and the policy for ${policy.namespace} requires it`;
      findings.push({
        code: 'POLICY_REFUSED',
        message,
        hint: 'ask the maker for a package with passed reports: mvas package --require-reports',
      });
    }
  }
  return findings;
}

async function reportProblem(
  name: string,
  kind: ReportKind,
  library: string,
  { conformanceProfile }: TrustPolicy,
  { archive, digests }: ProvenFiles,
): Promise<string | undefined> {
  const entry = archive.find(name);
  if (entry === undefined) return 'is missing';
  if (entry.sizeBytes > maxReportBytes) return `has ${entry.sizeBytes} bytes, too many for a report`;
  const bytes = await archive.read(entry, maxReportBytes);
  if (sha256Hex(bytes) !== digests.get(name)) return 'changed while it was verified';
  const report = parseReport(bytes);
  const built = digests.get(library);
  if (built === undefined || report?.plugin?.sha256 !== built) return 'speaks of another library';
  if (report.ok !== true) return 'says that the plugin fails';
  if (kind === 'conformance' && leavesOut(report)) return 'leaves checks out';
  if (kind !== 'conformance' || conformanceProfile === undefined) return undefined;
  const enough = profileNames.slice(profileNames.indexOf(conformanceProfile));
  return enough.some((profile) => profile === report.profile) ? undefined : `is of profile ${report.profile}, not ${enough.join(' or ')}`;
}

function leavesOut({ notChecked }: ReportHead): boolean {
  return !Array.isArray(notChecked) || notChecked.some((one: { reason?: unknown } | null) => isLeftOut(one?.reason));
}

interface ReportHead {
  readonly ok?: unknown;
  readonly profile?: unknown;
  readonly notChecked?: unknown;
  readonly plugin?: { readonly sha256?: unknown } | null;
}

function parseReport(bytes: Buffer): ReportHead | null {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

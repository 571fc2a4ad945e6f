// Whether a package may replace the one before: by the same signer or its successor, and never an older one unasked.
import { versionStep } from '../manifest/compare-versions.ts';
import type { Finding } from './findings.ts';
import type { InstalledPackage } from './installed-package.ts';
import { leadsTo, type Succession } from './lineage.ts';

/** The package that comes, with what its signature proves. */
export interface IncomingPackage extends InstalledPackage {
  readonly lineage: readonly Succession[];
}

/** How a package is replaced. */
export interface UpdateRules {
  /** An older version may replace a newer one. */
  readonly allowDowngrade?: boolean;
}

/** Why a package must not take the place of another; empty when it may. */
export function judgeUpdate(next: IncomingPackage, installed: InstalledPackage, { allowDowngrade = false }: UpdateRules = {}): Finding[] {
  if (next.id !== installed.id)
    return [refused(`it is ${next.id}, and cannot replace ${installed.id}`, 'name the earlier package of the same app')];
  const fallen = allowDowngrade ? undefined : fallenVersion(next, installed);
  return [
    ...strangers(next, installed),
    ...(fallen === undefined ? [] : [refused(fallen, 'allow the older version with --allow-downgrade')]),
  ];
}

function strangers(next: IncomingPackage, installed: InstalledPackage): Finding[] {
  if (installed.signers.length === 0 || leadsTo(installed.signers, next.signers, next.lineage)) return [];
  const [from, to] = [names(installed.signers), names(next.signers)];
  return [
    refused(
      next.signers.length === 0
        ? `nobody signed it who is trusted, and ${from} signed version ${installed.version}`
        : `${to} signed it, ${from} signed version ${installed.version}, and no lineage leads from one to the other`,
      'ask the maker to sign with the earlier key, or with a lineage: mvas keygen rotate',
    ),
  ];
}

/** Where both have one, the version code decides. */
function fallenVersion(next: InstalledPackage, installed: InstalledPackage): string | undefined {
  if (next.versionCode !== undefined && installed.versionCode !== undefined) {
    if (next.versionCode >= installed.versionCode) return undefined;
    return `its version_code ${next.versionCode} is below ${installed.versionCode}, that of version ${installed.version}`;
  }
  if (versionStep(installed.version, next.version) !== 'lower') return undefined;
  return `its version ${next.version} is below ${installed.version}`;
}

function names(keyIds: readonly string[]): string {
  return keyIds.map((id) => `key ${id.slice(0, 16)}`).join(', ');
}

function refused(message: string, hint: string): Finding {
  return { code: 'POLICY_REFUSED', message, hint };
}

// The policy stage: whether a package that is what it says may be used here, for this.
import type { PlatformKey } from '../core/platform.ts';
import type { Manifest } from '../manifest/script-manifest.ts';
import type { Finding } from './findings.ts';
import { type InstalledPackage, installedPackage } from './installed-package.ts';
import type { Succession } from './lineage.ts';
import { covers } from './namespace.ts';
import { judgeReports, type ProvenFiles } from './required-reports.ts';
import { isExpired } from './trust-file.ts';
import type { TrustPolicy } from './trust-policy.ts';
import type { Trust } from './trust-store.ts';
import { judgeUpdate, type UpdateRules } from './update-policy.ts';

/** What a policy needs to know of a signer: its key, and the pins that vouch for it. */
export interface PolicySigner {
  readonly keyId: string;
  readonly trusted: boolean;
  readonly pins: readonly string[];
}

/** What a package is judged for. */
export interface PolicyRequest extends UpdateRules {
  /** It must have a binary for it. */
  readonly platform?: PlatformKey;
  /** What it is to replace, or how to find that by the id of the app. */
  readonly installed?: InstalledPackage | ((id: string) => Promise<InstalledPackage | undefined>);
  /** What for: an expired trust file refuses what is new, and stops nothing that is there; default `install`. */
  readonly use?: 'install' | 'load';
}

/** A package whose content and signatures have been judged. */
export interface ProvenPackage extends ProvenFiles {
  readonly manifest: Manifest;
  readonly signers: readonly PolicySigner[];
  readonly lineage: readonly Succession[];
}

/** Everything for which a policy refuses a package. */
export async function judgePolicy(found: ProvenPackage, request: PolicyRequest, trust: Trust, at: Date): Promise<Finding[]> {
  const { manifest, signers, lineage } = found;
  const { app } = manifest;
  const trusted = signers.filter((signer) => signer.trusted);
  const policies = (trust.policies ?? []).filter(({ namespace }) => covers(namespace, app.id));
  const demanded = await Promise.all(policies.map((policy) => judgeDemands(policy, found, trusted, request, trust)));
  const next = {
    ...installedPackage(
      manifest,
      trusted.map(({ keyId }) => keyId),
    ),
    lineage,
  };
  const installed = typeof request.installed === 'function' ? await request.installed(app.id) : request.installed;
  return [
    ...missingPlatform(manifest, request.platform),
    ...expiredTrust(trust, request, at),
    ...demanded.flat(),
    ...(installed === undefined ? [] : judgeUpdate(next, installed, request)),
  ];
}

function missingPlatform(manifest: Manifest, platform: PlatformKey | undefined): Finding[] {
  if (platform === undefined || manifest.package_type !== 'native') return [];
  const { binaries } = manifest.plugin;
  if (binaries[platform] !== undefined) return [];
  const message = `No binary for platform: ${platform} (the package has ${Object.keys(binaries).join(', ')})`;
  return [{ code: 'POLICY_REFUSED', message, hint: 'ask the maker for a package for this platform' }];
}

function expiredTrust({ trustFile }: Trust, { use = 'install' }: PolicyRequest, at: Date): Finding[] {
  if (use === 'load' || trustFile === undefined || !isExpired(trustFile, at)) return [];
  const message = `version ${trustFile.version} of the trust file of ${trustFile.name} expired on ${trustFile.expires}`;
  return [{ code: 'POLICY_REFUSED', message, hint: 'import a newer one with: mvas trust import' }];
}

async function judgeDemands(
  policy: TrustPolicy,
  found: ProvenPackage,
  trusted: readonly PolicySigner[],
  { platform }: PolicyRequest,
  trust: Trust,
): Promise<Finding[]> {
  const reports = found.manifest.package_type === 'native' ? await judgeReports(policy, found.manifest, found, platform) : [];
  return [...missingSigners(policy, trusted, trust), ...reports];
}

/** A pin counts once, however many keys it vouches for. */
function missingSigners({ namespace, signers }: TrustPolicy, trusted: readonly PolicySigner[], { pins }: Trust): Finding[] {
  if (signers === undefined) return [];
  const vouching = new Set(trusted.flatMap((signer) => signer.pins));
  const met = signers.keyIds.filter((id) => vouching.has(id));
  if (met.length >= signers.threshold) return [];
  const name = (id: string) => pins.find(({ keyId }) => keyId === id)?.label ?? `key ${id.slice(0, 16)}`;
  const message = `the policy for ${namespace} wants ${signers.threshold} of ${signers.keyIds.map(name).join(', ')} to have signed; ${
    met.length === 0 ? 'none' : `only ${met.map(name).join(', ')}`
  } did`;
  return [{ code: 'POLICY_REFUSED', message, hint: 'have it signed by them as well with: mvas sign' }];
}

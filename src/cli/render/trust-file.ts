// Shows a trust file in the terminal: who signed it, whom it trusts, what it demands.

import { pinnedCertificate } from '../../signing/pin.ts';
import { describeRevocation } from '../../signing/revocation.ts';
import { isExpired, type TrustFile } from '../../signing/trust-file.ts';
import type { TrustPolicy } from '../../signing/trust-policy.ts';
import { tableLines } from './table.ts';

/** The lines to print; `signers` are the root keys whose signatures are right. */
export function trustFileLines(file: TrustFile, signers: readonly string[], now: Date): string[] {
  const { name, version, expires, root, policies, revoked } = file;
  const enough = signers.length >= root.threshold ? '' : ', which are not enough';
  return [
    `${name}, version ${version}, ${isExpired(file, now) ? 'EXPIRED on' : 'until'} ${expires}`,
    `signed by ${signers.length} of ${root.keys.length} root keys, ${root.threshold} are needed${enough}`,
    ...root.keys.map(({ keyId, label }) => `  ${signers.includes(keyId) ? 'signed ' : '-      '}  ${keyId}  ${label ?? ''}`.trimEnd()),
    ...pinLines(file),
    ...policies.map((policy) => `policy for ${policy.namespace}: ${describePolicy(policy, file)}`),
    ...revoked.map((entry) => `revoked: ${describeRevocation(entry)}${entry.reason === undefined ? '' : `, ${entry.reason}`}`),
  ];
}

/** A table of pins. */
export function pinLines({ pins }: Pick<TrustFile, 'pins'>): string[] {
  if (pins.length === 0) return [];
  const rows = pins.map((pin) => [
    pin.keyId.slice(0, 16),
    pin.kind,
    pin.namespaces.join(', '),
    pinnedCertificate(pin)?.x509.validTo ?? '-',
    pin.label ?? '',
  ]);
  const titles = ['KEY', 'KIND', 'NAMESPACES', 'VALID TO', 'LABEL'].map((title) => ({ title }));
  return tableLines(titles, rows);
}

function describePolicy({ signers, requiredReports = [], conformanceProfile }: TrustPolicy, { pins }: TrustFile): string {
  const name = (id: string) => pins.find(({ keyId }) => keyId === id)?.label ?? id.slice(0, 16);
  const parts = [
    ...(signers === undefined ? [] : [`signed by ${signers.threshold} of ${signers.keyIds.map(name).join(', ')}`]),
    ...requiredReports.map((kind) => `a passed ${kind} report`),
    ...(conformanceProfile === undefined ? [] : [`conformance of profile ${conformanceProfile} at least`]),
  ];
  return parts.length === 0 ? 'nothing' : parts.join('; ');
}

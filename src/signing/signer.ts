// Decides whether one signature is by somebody who is trusted for an app, at a time.
import type { KeyObject } from 'node:crypto';
import { toErrorText } from '../core/kit-error.ts';
import { type Certificate, isSelfSigned, issuerProblem, parseCertificate, signerProblem, validityProblem } from './certificates.ts';
import type { EnvelopeSignature } from './envelope.ts';
import type { Finding } from './findings.ts';
import { keyId, keyProblem } from './keys.ts';
import { covers } from './namespace.ts';
import { type Pin, pinnedCertificate, pinnedKey } from './pin.ts';
import { revokedSigner } from './revocation.ts';
import type { Trust } from './trust-store.ts';

/** What is known of a signer. */
export interface JudgedSigner {
  /** The key to verify with; absent when neither certificate nor pin gives one. */
  readonly key?: KeyObject;
  /** Subject of the leaf certificate. */
  readonly subject?: string;
  /** Ids of the pins that vouch for it: its own, and those of authorities above it. */
  readonly pins: readonly string[];
  /** Why it is not trusted; empty when it is. */
  readonly findings: readonly Finding[];
}

/** Follows the certificates of a signature to a pin. */
export function judgeSigner(signature: EnvelopeSignature, appId: string, { pins, revoked }: Trust, at: Date): JudgedSigner {
  let chain: Certificate[];
  try {
    chain = (signature.certificates ?? []).map((base64) => parseCertificate(Buffer.from(base64, 'base64')));
  } catch (error) {
    return {
      pins: [],
      findings: [
        { code: 'SIGNATURE_INVALID', message: `a certificate of key ${short(signature.keyid)} cannot be read: ${toErrorText(error)}` },
      ],
    };
  }
  const [leaf] = chain;
  const pin = pins.find(({ kind, keyId: id }) => kind === 'key' && id === signature.keyid);
  const key = leaf?.x509.publicKey ?? (pin && pinnedKey(pin));
  if (key === undefined) {
    const withdrawn = revokedSigner(signature.keyid, [], revoked);
    return { pins: [], findings: withdrawn.length > 0 ? withdrawn : [notTrusted(`key ${short(signature.keyid)} is not pinned here`)] };
  }
  const known = { key, pins: [], ...(leaf === undefined ? {} : { subject: leaf.x509.subject.replaceAll('\n', ', ') }) };
  const weak = keyId(key) === signature.keyid ? keyProblem(key) : 'is not the one of its certificate';
  if (weak !== undefined) return { ...known, findings: [{ code: 'SIGNATURE_INVALID', message: `key ${short(signature.keyid)} ${weak}` }] };
  const trusted = anchor(chain, pin, pins);
  const certificates = [...chain, ...(typeof trusted === 'string' ? [] : trusted.certificates)];
  const withdrawn = revokedSigner(signature.keyid, certificates, revoked);
  if (typeof trusted !== 'string') {
    const findings = [...expiries(certificates, at), ...withdrawn, ...misuse(trusted.pin, appId)];
    const above = authorities(chain, pins).filter(
      ({ pin: ca, certificate }) => misuse(ca, appId).length === 0 && isGood(certificate, revoked, at),
    );
    return { ...known, pins: [...new Set([trusted.pin.keyId, ...above.map(({ pin: ca }) => ca.keyId)])], findings };
  }
  return { ...known, findings: withdrawn.length > 0 ? withdrawn : [notTrusted(`key ${short(signature.keyid)}: ${trusted}`)] };
}

interface Anchor {
  readonly pin: Pin;
  /** What the pin brings along, judged for validity as well: a signer cannot leave it out. */
  readonly certificates: readonly Certificate[];
}

/** The pin that a chain leads to, or why there is none. */
function anchor(chain: readonly Certificate[], pin: Pin | undefined, pins: readonly Pin[]): Anchor | string {
  const [leaf] = chain;
  const own = pin && pinnedCertificate(pin);
  if (leaf === undefined) return pin === undefined ? 'it is not pinned here' : { pin, certificates: own === undefined ? [] : [own] };
  const broken = signerProblem(leaf) ?? brokenLink(chain);
  if (broken !== undefined) return broken;
  if (pin !== undefined) {
    const last = chain.at(-1) ?? leaf;
    if (own?.x509.raw.equals(leaf.x509.raw) || isSelfSigned(last)) return { pin, certificates: own === undefined ? [] : [own] };
  }
  const [above] = authorities(chain, pins);
  if (above === undefined) return 'neither it nor an authority above it is pinned here';
  return { pin: above.pin, certificates: [above.certificate] };
}

function brokenLink(chain: readonly Certificate[]): string | undefined {
  for (const [index, certificate] of chain.entries()) {
    const issuer = chain[index + 1];
    const problem = issuer === undefined ? undefined : issuerProblem(certificate, issuer, index);
    if (problem !== undefined) return `certificate ${index + 1} of its chain: ${problem}`;
  }
  return undefined;
}

/** The pinned authorities that are in the chain or issued its last certificate. */
function authorities(chain: readonly Certificate[], pins: readonly Pin[]): { pin: Pin; certificate: Certificate }[] {
  const last = chain.at(-1);
  return pins.flatMap((pin) => {
    const certificate = pin.kind === 'ca' ? pinnedCertificate(pin) : undefined;
    if (certificate === undefined || last === undefined) return [];
    const inside = chain.slice(1).some(({ x509 }) => x509.raw.equals(certificate.x509.raw));
    return inside || issuerProblem(last, certificate, chain.length - 1) === undefined ? [{ pin, certificate }] : [];
  });
}

function isGood(certificate: Certificate, revoked: Trust['revoked'], at: Date): boolean {
  const id = keyId(certificate.x509.publicKey);
  return validityProblem(certificate, at) === undefined && revokedSigner(id, [certificate], revoked).length === 0;
}

function expiries(certificates: readonly Certificate[], at: Date): Finding[] {
  const problems = certificates.map((certificate) => validityProblem(certificate, at)).filter((problem) => problem !== undefined);
  return [...new Set(problems)].map((message) => ({ code: 'CERTIFICATE_EXPIRED', message }));
}

function misuse(pin: Pin, appId: string): Finding[] {
  if (pin.namespaces.some((namespace) => covers(namespace, appId))) return [];
  return [notTrusted(`key ${short(pin.keyId)} is trusted for ${pin.namespaces.join(', ')}, not for ${appId}`)];
}

function notTrusted(message: string): Finding {
  return { code: 'SIGNER_NOT_TRUSTED', message };
}

function short(id: string): string {
  return id.slice(0, 16);
}

// Asks a timestamp authority, and takes only an answer that is one to this very question.
import { randomBytes } from 'node:crypto';
import type { Io } from '../core/io.ts';
import { KitError, toErrorText } from '../core/kit-error.ts';
import { runFilter } from '../process/run-filter.ts';
import { splitCommand } from './signer-command.ts';
import { maxTimestampBytes, soundTimestamp } from './timestamp-authority.ts';
import { timestampCertificateProblem } from './timestamp-certificate.ts';
import { timestampQuery } from './timestamp-token.ts';

/** Hands a TimeStampReq to an authority and gives what it answers, both in DER. */
export type AskTimestamp = (query: Buffer) => Promise<Buffer>;

/** A timestamp that fits a signature. */
export interface FittingTimestamp {
  /** What the signature carries: a TimeStampResp in base64. */
  readonly timestamp: string;
  readonly time: Date;
  /** Subject of the authority's certificate. */
  readonly authority: string;
}

const patienceMs = 60_000;
const hint = 'ask again, or another authority; mvas timestamp --query writes the request to look at';

/**
 * Gets a timestamp on a signature.
 *
 * @throws {@link KitError} `TIMESTAMP_FAILED` when what comes back is none, or one of something else; what `ask` throws.
 */
export async function askForTimestamp(signature: Buffer, ask: AskTimestamp): Promise<FittingTimestamp> {
  const nonce = randomBytes(8);
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40; // positive, and no shorter than it looks
  return fittingTimestamp(await ask(timestampQuery(signature, nonce)), signature, nonce);
}

/**
 * Reads what an authority answered for a signature: a TimeStampResp or a bare token, in DER.
 *
 * @throws {@link KitError} `TIMESTAMP_FAILED` naming what is wrong with it.
 */
export function fittingTimestamp(answer: Buffer, signature: Buffer, nonce?: Buffer): FittingTimestamp {
  try {
    const { token, certificate } = soundTimestamp(answer, signature);
    if (nonce !== undefined && token.nonce?.equals(nonce) !== true) throw new Error('it is the answer to another request');
    const problem = timestampCertificateProblem(certificate);
    if (problem !== undefined) throw new Error(`the certificate of its authority is not for timestamps: ${problem}`);
    const authority = certificate.x509.subject.replaceAll('\n', ', ');
    return { timestamp: token.response.toString('base64'), time: token.time, authority };
  } catch (cause) {
    throw new KitError('TIMESTAMP_FAILED', `the timestamp cannot be used: ${toErrorText(cause)}`, { cause, hint });
  }
}

/** An authority behind a command: the request on standard input, the answer on standard output. */
export function commandAuthority(commandLine: string, { env, cwd, signal }: Pick<Io, 'env' | 'cwd' | 'signal'>): AskTimestamp {
  const [command = '', ...args] = splitCommand(commandLine, '--tsa-cmd');
  return async (query) => {
    const options = { input: query, env, cwd, timeoutMs: patienceMs, maxBytes: maxTimestampBytes, signal };
    const { exitCode, output, stderr } = await runFilter(command, args, options);
    if (exitCode === 0) return output;
    const said = stderr.trim().slice(-400);
    throw new KitError('TIMESTAMP_FAILED', `the command ended with ${exitCode ?? 'a signal'}${said === '' ? '' : `: ${said}`}`, {
      hint: 'run it by hand: a TimeStampReq on standard input, the TimeStampResp on standard output',
    });
  };
}

/**
 * An authority at an address (RFC 3161, section 3.4).
 *
 * @throws {@link KitError} `FLAG_INVALID` for an address that is not http or https.
 */
export function urlAuthority(address: string, signal?: AbortSignal): AskTimestamp {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new KitError('FLAG_INVALID', `${address} is no address of a timestamp authority`, { hint: 'write --tsa https://…' });
  return async (query) => {
    try {
      return await post(url, query, AbortSignal.any([AbortSignal.timeout(patienceMs), ...(signal === undefined ? [] : [signal])]));
    } catch (cause) {
      if (signal?.aborted) throw new KitError('INTERRUPTED', 'interrupted');
      const inner = cause instanceof Error && cause.cause !== undefined ? `: ${toErrorText(cause.cause)}` : '';
      throw new KitError('TIMESTAMP_FAILED', `${url.origin} gave no timestamp: ${toErrorText(cause)}${inner}`, {
        cause,
        hint: 'check the address and the network; behind a proxy use --tsa-cmd with curl',
      });
    }
  };
}

async function post(url: URL, query: Buffer, signal: AbortSignal): Promise<Buffer> {
  const headers = { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' };
  const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(query), signal });
  if (!response.ok) throw new Error(`it answered ${response.status} ${response.statusText}`);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxTimestampBytes) throw new Error(`its answer has more than ${maxTimestampBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

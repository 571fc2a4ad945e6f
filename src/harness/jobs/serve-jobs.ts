// A copy does one job after the other, as long as they leave nothing in it.
import { readSync } from 'node:fs';
import type { OpenRawOptions } from '../raw-plugin.ts';
import { descriptorSink, JobWriter } from './job-channel.ts';
import { ProcessMark } from './process-mark.ts';
import { doJob, type ImportedModules, type JobOrder, leaveInTime, tell } from './run-job.ts';

const pieceBytes = 4096;

/** Where a copy gets its orders and answers them. */
export interface ServiceEnds {
  /** A line of JSON for each order after the first. */
  readonly orders: number;
  readonly channel: number;
}

/** Does jobs until one leaves something behind, or no more orders can come; each is told when its plugin is out of the process. */
export function serveJobs(imported: ImportedModules, first: JobOrder, { orders, channel }: ServiceEnds, binding: OpenRawOptions): never {
  const mark = new ProcessMark();
  for (let order = first; ; ) {
    const writer = new JobWriter(descriptorSink(channel));
    const { word, opened } = doJob(imported.jobOf(order), order, writer, binding);
    const isClean = mark.takeOut(opened) === undefined;
    if (isClean) writer.free(); // before the word, at which the zygote asks for it
    tell(writer, word);
    const next = isClean ? readOrder(orders) : undefined;
    if (next === undefined) return leaveInTime(order);
    order = next;
  }
}

/** Waits for the next line; undefined when none can come any more. */
function readOrder(descriptor: number): JobOrder | undefined {
  let line = Buffer.alloc(0);
  while (!line.includes('\n')) {
    const piece = Buffer.alloc(pieceBytes);
    const length = readSync(descriptor, piece);
    if (length === 0) return undefined;
    line = Buffer.concat([line, piece.subarray(0, length)]);
  }
  return JSON.parse(line.toString()) as JobOrder;
}

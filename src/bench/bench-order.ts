// What a timing process is told to do and what it tells: phases of one loop over prepared frames.
import type { PluginInfo } from '../harness/plugin-host.ts';
import type { FrameFormat } from '../image/frame.ts';

/** A decoded picture: `file` holds its bytes. */
export interface PictureFile {
  readonly file: string;
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
}

/** How a picture becomes a frame; what is left out is the plugin's own format, the picture's own size, packed rows. */
export interface FrameSpec {
  /** Index into the pictures of the order. */
  readonly picture: number;
  readonly format?: FrameFormat;
  /** Scaled to this size, nearest neighbour. */
  readonly width?: number;
  readonly height?: number;
  /** Bytes behind each row. */
  readonly padding?: number;
  /** Some pixels are changed before every inspection: no two frames are alike. */
  readonly stamped?: boolean;
  /** Its different results are kept, to be held against the references. */
  readonly kept?: boolean;
  /** When the plugin refuses it, that is told, and the frame is left out from then on. */
  readonly mayFail?: boolean;
}

/** One stretch of inspections. */
export interface Phase {
  readonly name: string;
  /** Indexes of frames, inspected in this order, over and over. */
  readonly frames: readonly number[];
  /** At least so many inspections. */
  readonly iterations: number;
  /** At least so long, in milliseconds. */
  readonly forMs?: number;
  /** When both are reached, on to so many inspections, but no longer than `extraMs` more. */
  readonly wanted?: number;
  readonly extraMs?: number;
  /** Inspections before that are not counted. */
  readonly warmup?: number;
  /** Fixed triggers, so many milliseconds apart: a part that is due while another is inspected waits. */
  readonly taktMs?: number;
  /** Pause before each inspection. */
  readonly gapMs?: number;
  /** Memory, threads and descriptors are read this often. */
  readonly watchMs?: number;
}

/** File of a phase's samples in the order's folder. */
export function samplesFile({ name }: { readonly name: string }): string {
  return `${name}.samples`;
}

/** What to time. */
export interface BenchOrder {
  readonly library: string;
  readonly dependencies: readonly string[];
  readonly model: string | null;
  readonly config: string;
  readonly pictures: readonly PictureFile[];
  readonly frames: readonly FrameSpec[];
  readonly phases: readonly Phase[];
  /** A folder that exists: samples, kept results and progress go there. */
  readonly folder: string;
  /** The format that the plugin is known to ask for: frames are then made before it is loaded, and none of them counts as its memory. */
  readonly format?: FrameFormat;
  /** Says that it is ready and waits until the others are: for several processes at the same time. */
  readonly gate?: boolean;
}

/** Numbers that a phase keeps of each inspection; milliseconds since the phase began, but `frame`. */
export const sampleFields = ['at', 'due', 'wall', 'own', 'frame'] as const;

/** One reading of what the process uses. */
export interface ProcessReading {
  /** Milliseconds since the phase began. */
  readonly atMs: number;
  readonly bytes: number;
  /** Null where the system does not tell. */
  readonly threads: number | null;
  readonly descriptors: number | null;
  /** Inspections so far. */
  readonly inspections: number;
}

/** What became of a phase; its samples lie in a file of their own. */
export interface PhaseOutcome {
  readonly name: string;
  readonly taktMs?: number;
  readonly gapMs?: number;
  /** Inspections made. */
  readonly inspections: number;
  /** Samples in the file: of very long runs only every second, fourth, … */
  readonly samples: number;
  readonly lasted: number;
  readonly readings: readonly ProcessReading[];
}

/** What was measured; milliseconds. */
export interface BenchOutcome {
  readonly info: PluginInfo;
  /** Format, size and stride of each frame as it was handed over; the plugin's message where it refused one. */
  readonly frames: readonly { width: number; height: number; format: string; strideBytes: number; refused?: string }[];
  readonly loadMs: number;
  readonly initMs: number;
  readonly firstInferMs: number;
  readonly phases: readonly PhaseOutcome[];
  /** Different results kept of each frame, and how many inspections each decision had. */
  readonly results: readonly KeptResults[];
  /** Resident memory before the plugin was loaded, and at its highest; bytes. */
  readonly memory: { readonly before: number; readonly peak: number };
  readonly timer: { readonly resolutionMs: number; readonly overheadMs: number };
}

/** What the results of one frame were. */
export interface KeptResults {
  readonly frame: number;
  readonly inspections: number;
  /** How many results differed from the one before in any bit. */
  readonly changes: number;
  readonly decisions: Readonly<Record<string, number>>;
  /** File names of kept results in the order's folder. */
  readonly files: readonly string[];
}

/** A failure of the plugin that is no crash: its message. */
export interface BenchFailure {
  readonly failure: string;
}

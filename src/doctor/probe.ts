// One thing that the doctor looks at, and what it finds.
import type { Io } from '../core/io.ts';

/** What was found of one thing. */
export interface ToolFinding {
  /** Version or whatever tells it from others. */
  readonly found?: string;
  readonly path?: string;
  /** What is wrong with it, or that it is missing. */
  readonly problem?: string;
  /** The one command that mends it here. */
  readonly fix?: string;
}

/** One thing that is looked at. */
export interface Probe {
  readonly id: string;
  readonly title: string;
  /** Without it plugins can neither be built nor tested; what only some tasks need is not required. */
  readonly required: boolean;
  /** Finds it, or says what is wrong. */
  readonly look: (io: Io) => Promise<ToolFinding>;
}

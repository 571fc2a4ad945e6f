// Another Node than this one to run jobs in: of the plugin's platform, under an emulator.
import type { PlatformKey } from '../core/platform.ts';

/** How its processes are started, as child_process.fork starts them. */
export interface Launcher {
  readonly kind: 'qemu';
  /** The platform that its processes see. */
  readonly platform: PlatformKey;
  /** Path of the emulator. */
  readonly execPath: string;
  /** The emulator's own arguments, then the foreign Node and its options. */
  readonly execArgv: readonly string[];
}

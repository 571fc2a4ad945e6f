// One start of the plugin that several checks use, one behind the other.
import { PluginSession } from './plugin-session.ts';

/** Starts the plugin at the first `start` alone. Nothing else may be done that the next check would find. */
export class JoinedSession extends PluginSession {
  #isStarted = false;

  override start(): void {
    if (!this.#isStarted) super.start();
    this.#isStarted = true;
  }

  override init(model?: string | null, config?: string | null): number {
    if (this.#isStarted) return disturb('mvas_init');
    return super.init(model, config);
  }

  override initFrom(): never {
    return disturb('mvas_init');
  }

  override cleanup(): never {
    return disturb('mvas_cleanup');
  }

  override setConfig(): never {
    return disturb('mvas_set_config');
  }

  override setThenOverwrite(): never {
    return disturb('mvas_set_config');
  }

  override unload(): never {
    return disturb('dlclose');
  }
}

/** A mistake of the check's author. */
function disturb(call: string): never {
  throw new TypeError(`a check that joins others calls ${call}`);
}

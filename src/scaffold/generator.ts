// Runs a generator's steps on yeoman's run loop: render, plan, then our own commit instead of its conflicter.
import { EventEmitter } from 'node:events';
import { createEnv } from 'yeoman-environment';

/** What a generator does, in this order; a step that throws ends the run. */
export interface GeneratorSteps {
  readonly render: () => Promise<void>;
  readonly plan: () => Promise<void>;
  readonly commit: () => Promise<void>;
}

type Environment = ReturnType<typeof createEnv>;
type Adapter = NonNullable<NonNullable<Parameters<typeof createEnv>[0]>['adapter']>;

const namespace = 'mvas:plugin';

/**
 * Runs a generator for a project in `root`.
 *
 * @throws whatever a step throws.
 */
export async function runGenerator(root: string, steps: GeneratorSteps): Promise<void> {
  const environment = createEnv({ cwd: root, adapter: silentAdapter() });
  environment.register(generatorClass(environment, root, steps), { namespace });
  await environment.run([namespace]);
}

function generatorClass(environment: Environment, root: string, steps: GeneratorSteps) {
  return class PluginGenerator extends EventEmitter {
    /** Installing is the user's own step; committing is ours, because it must be all or nothing. */
    readonly features = { customInstallTask: true, customCommitTask: steps.commit };
    readonly options: object;

    constructor(_args: string[], options: object) {
      super();
      this.options = options;
    }

    destinationRoot(): string {
      return root;
    }

    queueTasks(): void {
      environment.queueTask('writing', steps.render);
      environment.queueTask('conflicts', steps.plan);
    }
  };
}

/** Yeoman's terminal, which we do not use: questions are asked and lines printed by the command line. */
function silentAdapter(): Adapter {
  const ended = new AbortController();
  const abort = (reason?: unknown) => ended.abort(reason);
  const log = Object.assign(() => log, { write: () => log });
  const adapter = {
    log,
    signal: ended.signal,
    abort,
    close: abort,
    prompt: () => Promise.reject(new Error('a generator asked a question of its own')),
  };
  return adapter as unknown as Adapter;
}

// `mvas conform`: holds a built plugin against the contract.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option } from '@commander-js/extra-typings';
import { profileNames } from '../../conformance/profiles.ts';
import type { ConformanceReport } from '../../conformance/report-schema.ts';
import type { RunnerSettings } from '../../conformance/start-conformance-runner.ts';
import type { Io } from '../../core/io.ts';
import { KitError } from '../../core/kit-error.ts';
import { type PlatformKey, platformKeys } from '../../core/platform.ts';
import { type Launcher, platformOfRunner, type RunnerName, runnerNames } from '../../harness/launcher.ts';
import { defineCommand } from '../command.ts';
import { conformanceForms } from '../conformance-forms.ts';
import { duration } from '../duration.ts';
import { collect, positiveNumber, wholeNumber } from '../flag-values.ts';
import { planReports, writeReports } from '../report-files.ts';
import { subjectFlags } from '../subject-flags.ts';
import type { WatchSettings } from '../watch-conformance.ts';

const command = defineCommand({
  flags: (bare) =>
    subjectFlags(bare)
      .option('--manifest <file>', 'manifest of a library that lies elsewhere')
      .addOption(
        new Option('--platform <key>', 'test the library of another platform, in an emulator').choices(platformKeys).conflicts('inProcess'),
      )
      .addOption(
        new Option('--runner <name>', 'the emulator that this must be, whose platform is meant unless --platform names it')
          .choices(runnerNames)
          .conflicts('inProcess'),
      )
      .option('--previous <release>', 'an earlier library or .mvapp to compare with')
      .addOption(new Option('--profile <name>', 'how strictly to judge').choices(profileNames).default('standard' as const))
      .option('--only <ids...>', 'make only these checks or groups')
      .option('--skip <ids...>', 'leave these checks or groups out')
      .option('--seed <number>', 'everything random follows from it', wholeNumber(), 1)
      .option('--for <duration>', 'how long to make a check without an end, such as 30s, 10m or 2h', duration('s'))
      .option('--chunk <number>', 'make this piece of such a check again', wholeNumber())
      .option('--jobs <count>', 'checks at the same time (default: one a core)', wholeNumber(1))
      .option('--timeout-factor <factor>', 'multiply every deadline, for slow machines', positiveNumber)
      .option('--fresh', 'start a fresh process for every check')
      .option('--baseline <file>', 'known problems with their reasons (default: conformance.baseline.json of the project)')
      .option('--report <file>', 'write the report to a .json, .xml (JUnit), .sarif, .md or .html file; may be repeated', collect)
      .addOption(new Option('--watch', 'run again after every build, and show what changed').conflicts('inProcess'))
      .option('--explain <id>', 'say what a check or group demands, with an example, and run nothing')
      .option('--in-process', 'make the checks in this process, for debuggers: a crash ends it'),

  examples: [
    'mvas conform',
    'mvas conform build/plugin.so --model models/model.onnx',
    'mvas conform --profile strict --only infer result/scores',
    'mvas conform --watch',
    'mvas conform --explain infer/stride',
    'mvas conform --only robustness/long-fuzz --for 10m',
    'mvas conform --report conformance.html --report junit.xml',
  ],
  async run(
    io,
    {
      json,
      model,
      config,
      manifest,
      platform: platformNamed,
      runner,
      previous,
      allowUnsigned,
      baseline,
      report: files = [],
      explain,
      watch,
      for: forMs,
      chunk,
      ...options
    },
    path,
  ) {
    if (explain !== undefined) return await explained(explain, json === true, io);
    const planned = planReports(files, conformanceForms, io);
    const platform = platformMeant(platformNamed, runner);
    const about = { model, config, manifest, platform, previous, allowUnsigned };
    const launcher = platform === undefined ? undefined : await launcherFor(platform, io);
    const baselinePath = baseline === undefined ? undefined : resolve(io.cwd, baseline);
    const write = (report: ConformanceReport) => writeReports(planned, report);
    const settings = { ...options, launcher, long: { forMs, chunk }, signal: io.signal, env: io.env };
    if (watch)
      return await watchFor(
        { path: path ?? '.', subject: about, baseline: baselinePath, json: json === true, options: settings, write },
        io,
      );
    await using processes = await startProcesses(settings);
    const { conform, openSubject, defaultBaseline, writeReport, conformanceLines } = await loadParts();
    await using open = await openSubject(path ?? '.', about, io);
    const { subject, project } = open;
    const report = await conform(subject, {
      ...settings,
      runner: await processes.runner,
      baseline: baselinePath ?? (await defaultBaseline(project)),
    });
    if (project !== undefined) io.progress(`report: ${await writeReport(project, subject.platform, report)}`);
    if (json) io.print(JSON.stringify(report, null, 2));
    else for (const line of conformanceLines(report, io)) io.print(line);
    for (const file of await write(report)) io.progress(`report: ${file}`);
    return exitCode(report);
  },
});
export default command;

/** @throws {@link KitError} `FLAG_INVALID` where the runner is not that platform's. */
function platformMeant(platform: PlatformKey | undefined, runner: RunnerName | undefined): PlatformKey | undefined {
  if (runner === undefined) return platform;
  const own = platformOfRunner(runner);
  if (platform === undefined || platform === own) return own;
  throw new KitError('FLAG_INVALID', `--runner ${runner} runs libraries for ${own}, and --platform names ${platform}`, {
    hint: 'leave one of the two away',
  });
}

async function launcherFor(platform: PlatformKey, io: Io): Promise<Launcher | undefined> {
  const { foreignLauncher } = await import('../../conformance/foreign-launcher.ts');
  const launcher = await foreignLauncher(platform, io.env);
  if (launcher?.kind === 'wine' && !existsSync(launcher.prefix)) io.progress(`making a Windows for Wine, once: ${launcher.prefix}`);
  return launcher;
}

async function explained(name: string, json: boolean, io: Io): Promise<number> {
  const { explainChecks } = await import('../explain-checks.ts');
  explainChecks(name, json, io);
  return 0;
}

async function watchFor(settings: WatchSettings, io: Io): Promise<never> {
  const { watchConformance } = await import('../watch-conformance.ts');
  return await watchConformance(settings, io);
}

/** They start while the checks load. */
async function startProcesses(settings: RunnerSettings) {
  const { startConformanceRunner } = await import('../../conformance/start-conformance-runner.ts');
  const runner = startConformanceRunner(settings);
  const close = () =>
    runner.then(
      (ready) => ready.close(),
      () => undefined, // told where it was waited for
    );
  return { runner, [Symbol.asyncDispose]: close };
}

/** A fault of the kit is never blamed on the plugin. */
function exitCode({ ok, checks }: ConformanceReport): number {
  if (checks.some(({ status }) => status === 'broken-check')) return 70;
  return ok ? 0 : 1;
}

/** Apart from `run`: in a function with `await using` the compiler leaves the `.ts` in import(). */
async function loadParts() {
  const { conform } = await import('../../conformance/conform.ts');
  const { openSubject } = await import('../../conformance/open-subject.ts');
  const { defaultBaseline, writeReport } = await import('../../conformance/project-files.ts');
  const { conformanceLines } = await import('../render/conformance.ts');
  return { conform, openSubject, defaultBaseline, writeReport, conformanceLines };
}

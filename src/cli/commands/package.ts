// `mvas package`: makes the .mvapp of a project.
import { relative, resolve } from 'node:path';
import { Option } from '@commander-js/extra-typings';
import type { Io } from '../../core/io.ts';
import { isPlatformKey, type PlatformKey } from '../../core/platform.ts';
import type { Project } from '../../project/project.ts';
import { defineCommand } from '../command.ts';
import { platformsOrAll } from '../flag-values.ts';
import { sourceDate } from '../source-date.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('[project]', 'folder of the project', '.')
      .option('-o, --output <file>', 'package to write (default: <id>-<version>.mvapp in the project)')
      .option('--platform <key>', 'pack only this platform; may be repeated (default: all, those that the manifest names)', platformsOrAll)
      .option('--build', 'build every one of these platforms first')
      .option('--compress', 'deflate files: smaller, but no longer the same bytes on every machine')
      .addOption(new Option('--host <name>', 'write the manifest as that host needs it').choices(['field'] as const))
      .option('--require-reports', 'refuse unless conformance, golden and bench reports of this very build pass')
      .option('--json', 'print the result as JSON')
      .addHelpText('after', '\nSOURCE_DATE_EPOCH, if set, is recorded as the time of the list of components (sbom.cdx.json).'),
  examples: [
    'mvas package',
    'mvas package --build --platform all',
    'mvas package --platform linux-x64 -o bottle-cap.mvapp',
    'mvas package --require-reports',
  ],
  async run(io, options, folder) {
    const { packProject } = await import('../../package/pack-project.ts');
    const { openProject, placeOf } = await import('../../project/project.ts');
    const project = await placeOf(resolve(io.cwd, folder));
    const { platform } = options;
    const chosen = platform === undefined || platform === 'all' ? undefined : platform;
    if (options.build) await buildAll(await openProject(project.root), chosen, io);
    const packed = await packProject(project, {
      ...(options.output === undefined ? {} : { output: resolve(io.cwd, options.output) }),
      ...(chosen === undefined ? {} : { platforms: chosen }),
      ...(options.host === undefined ? {} : { host: options.host }),
      compress: options.compress ?? false,
      requireReports: options.requireReports ?? false,
      time: sourceDate(io.env),
      signal: io.signal,
    });
    for (const warning of packed.warnings) io.progress(`warning: ${warning}`);
    if (options.json) io.print(JSON.stringify(packed, null, 2));
    else {
      io.print(
        `${packed.path}  ${packed.files.length} files, ${packed.sizeBytes} bytes, for ${packed.platforms.join(', ') || 'every platform'}`,
      );
      io.print(`content ${packed.contentDigest}`);
    }
    return 0;
  },
});
export default command;

/** Builds for each platform in turn; the first that fails ends it, and nothing is packed. */
async function buildAll(project: Project, chosen: readonly PlatformKey[] | undefined, io: Io): Promise<void> {
  const { buildProject } = await import('../../build/build.ts');
  for (const platform of chosen ?? Object.keys(project.manifest.plugin.binaries).filter(isPlatformKey)) {
    const { path } = await buildProject(project, { platform }, io);
    io.progress(`built ${relative(io.cwd, path)} for ${platform}`);
  }
}

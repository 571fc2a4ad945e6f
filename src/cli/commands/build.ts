// `mvas build`: builds the plugin of a project.
import { relative, resolve } from 'node:path';
import type { BuiltPlugin } from '../../build/build.ts';
import { defineCommand } from '../command.ts';
import { platformKey } from '../flag-values.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('[project]', 'folder of the project (default: this one)')
      .option('--platform <key>', 'platform to build for, or all that the manifest names (default: this machine’s)', (text) =>
        text === 'all' ? text : platformKey(text),
      )
      .option('--preset <name>', 'a preset of CMakePresets.json such as debug or asan; the library stays in the build tree')
      .option('--clean', 'build from nothing')
      .option('--verbose', 'show what the build tools print')
      .option('--json', 'print the built plugin as JSON'),
  examples: ['mvas build', 'mvas build --preset asan', 'mvas build --platform windows-x64 --clean --verbose'],
  async run(io, { platform, preset, clean, verbose, json }, folder) {
    const { buildProject } = await import('../../build/build.ts');
    const { hostPlatform, isPlatformKey } = await import('../../core/platform.ts');
    const { openProject } = await import('../../project/project.ts');
    const project = await openProject(resolve(io.cwd, folder ?? '.'));
    const named = Object.keys(project.manifest.plugin.binaries).filter(isPlatformKey);
    const built: BuiltPlugin[] = [];
    for (const key of platform === 'all' ? named : [platform ?? hostPlatform()]) {
      const plugin = await buildProject(project, { platform: key, preset, clean: clean ?? false, verbose: verbose ?? false }, io);
      built.push(plugin);
      if (!json) io.print(lineOf(plugin, io.cwd));
    }
    if (json) io.print(JSON.stringify(platform === 'all' ? built : built[0], null, 2));
    return 0;
  },
});
export default command;

function lineOf({ path, platform, sizeBytes, exports }: BuiltPlugin, cwd: string): string {
  return `built ${relative(cwd, path)} for ${platform}: ${Math.ceil(sizeBytes / 1024)} KiB, ${exports.length} exports`;
}

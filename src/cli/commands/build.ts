// `mvas build`: builds the plugin of a project.
import { relative, resolve } from 'node:path';
import { buildProject } from '../../build/build.ts';
import { openProject } from '../../project/project.ts';
import { defineCommand } from '../command.ts';
import { platformKey } from '../flag-values.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('[project]', 'folder of the project (default: this one)')
      .option('--platform <key>', 'platform to build for (default: this machine’s)', platformKey)
      .option('--preset <name>', 'a preset of CMakePresets.json such as debug or asan; the library stays in the build tree')
      .option('--clean', 'build from nothing')
      .option('--verbose', 'show what the build tools print')
      .option('--json', 'print the built plugin as JSON'),
  examples: ['mvas build', 'mvas build --preset asan', 'mvas build --platform windows-x64 --clean --verbose'],
  async run(io, { platform, preset, clean, verbose, json }, folder) {
    const project = await openProject(resolve(io.cwd, folder ?? '.'));
    const options = { ...(platform === undefined ? {} : { platform }), preset, clean: clean ?? false, verbose: verbose ?? false };
    const built = await buildProject(project, options, io);
    if (json) io.print(JSON.stringify(built, null, 2));
    else
      io.print(
        `built ${relative(io.cwd, built.path)} for ${built.platform}: ${Math.ceil(built.sizeBytes / 1024)} KiB, ${built.exports.length} exports`,
      );
    return 0;
  },
});
export default command;

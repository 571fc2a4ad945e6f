// `mvas collect`: puts what other machines built into a project.
import { relative, resolve } from 'node:path';
import { defineCommand } from '../command.ts';
import { platformKeyList } from '../flag-values.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('<folders...>', 'folders that hold the bin-<platform> folders, or are one')
      .option('--project <folder>', 'the project', '.')
      .option('--platform <key>', 'a platform that must be there; may be repeated (default: all that the manifest names)', platformKeyList)
      .option('--json', 'print what was collected as JSON'),
  examples: ['mvas collect downloads', 'mvas collect bin-linux-x64 bin-windows-x64 --platform linux-x64,windows-x64'],
  async run(io, { project: folder, platform, json }, folders) {
    const { collectPlatforms } = await import('../../package/collect.ts');
    const { openProject } = await import('../../project/project.ts');
    const project = await openProject(resolve(io.cwd, folder));
    const sources = folders.map((one) => resolve(io.cwd, one));
    const collected = await collectPlatforms(project, { folders: sources, platforms: platform, signal: io.signal });
    if (json) io.print(JSON.stringify(collected, null, 2));
    else
      for (const { platform: key, folder: from, files } of collected.platforms)
        io.print(`${key}: ${files.length} files from ${relative(io.cwd, from) || '.'}`);
    return 0;
  },
});
export default command;

// `mvas ci stage`: puts a platform's library, what it needs and its reports into one folder to upload.
import { relative, resolve } from 'node:path';
import { defineCommand } from '../command.ts';
import { platformKey } from '../flag-values.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('[project]', 'folder of the project', '.')
      .option('--platform <key>', 'the platform (default: this machine’s)', platformKey)
      .option('-o, --output <folder>', 'folder to make (default: bin-<platform> here)')
      .option('--json', 'print what was put there as JSON'),
  examples: ['mvas ci stage', 'mvas ci stage --platform linux-arm64 --output out/bin-linux-arm64'],
  async run(io, { platform, output, json }, folder) {
    const { hostPlatform } = await import('../../core/platform.ts');
    const { platformFolder } = await import('../../package/platform-files.ts');
    const { stagePlatform } = await import('../../package/stage-platform.ts');
    const { openProject } = await import('../../project/project.ts');
    const key = platform ?? hostPlatform();
    const project = await openProject(resolve(io.cwd, folder));
    const staged = await stagePlatform(project, key, resolve(io.cwd, output ?? platformFolder(key)));
    io.print(json ? JSON.stringify(staged, null, 2) : `${relative(io.cwd, staged.folder)}: ${staged.files.join(', ')}`);
    return 0;
  },
});
export default command;

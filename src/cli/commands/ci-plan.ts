// `mvas ci plan`: which platforms a project is built for, and on which runners.
import { resolve } from 'node:path';
import { defineCommand } from '../command.ts';
import { keyValue } from '../flag-values.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('[project]', 'folder of the project', '.')
      .option('--tag <name>', 'the tag that is built; refused when its version is not the manifest’s')
      .option('--cuda <version>', 'CUDA to install where windows-x64 is built')
      .option('--container <image>', 'image to build linux-x64 in')
      .option('--runner <platform=label>', 'another runner for a platform; may be repeated', keyValue)
      .option('--json', 'print the plan as JSON'),
  examples: ['mvas ci plan --json', 'mvas ci plan --container nvcr.io/nvidia/tensorrt:23.10-py3 --runner windows-x64=gpu-line'],
  async run(io, { tag, cuda, container, runner, json }, folder) {
    const { planCi } = await import('../../ci/ci-plan.ts');
    const { readAnyManifest } = await import('../../manifest/read-manifest.ts');
    const { placeOf } = await import('../../project/project.ts');
    const { root, manifestPath } = await placeOf(resolve(io.cwd, folder));
    const plan = planCi({ root, manifest: await readAnyManifest(manifestPath) }, { tag, cuda, container, runners: runner });
    if (json) io.print(JSON.stringify(plan, null, 2));
    else if (plan.matrix.include.length === 0) io.print(`${plan.package}: nothing to build`);
    else
      for (const build of plan.matrix.include)
        io.print(
          [build.platform, build.runner, build.container, build.cuda && `CUDA ${build.cuda}`].filter((part) => part !== '').join('  '),
        );
    return 0;
  },
});
export default command;

// The package is one that every reader opens alike, and holds what its manifest names.
import { KitError } from '../../../core/kit-error.ts';
import { readArchive } from '../../../package/archive.ts';
import { readPackagedJson } from '../../../package/package-manifest.ts';
import { validate } from '../../../package/validate.ts';
import { defineCheck } from '../../check.ts';
import { type Finding, skip } from '../../finding.ts';
import { manifestFiles } from '../../manifest-files.ts';

const check = defineCheck({
  id: 'package/layout',
  title: 'The package opens alike everywhere, its manifest is valid, and it holds every file that the manifest names',
  why: 'A name that one reader takes for another file, or a model that is not in the package, is found out on the machine of the customer.',
  fix: 'Pack with mvas package, which refuses all of that; mvas validate says what is wrong with a manifest.',
  spec: 'abi.md#loading',
  blind: 'Whether model and configuration belong to this library: other checks start it with them.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'static',
  async run({ package: path }) {
    if (path === undefined) return skip('no-package', 'the plugin is not in a package');
    try {
      const { problems } = await validate(path);
      const words = problems.map(
        ({ pointer, rule, severity }): Finding => ({ message: `manifest.json${pointer} ${rule}`, severity, data: { pointer } }),
      );
      return [...words, ...(await missingFiles(path))];
    } catch (error) {
      if (error instanceof KitError && error.code === 'CONTAINER_MALFORMED') return [{ message: error.message }];
      throw error;
    }
  },
});
export default check;

/** Files that the manifest spells out and the package does not hold. */
async function missingFiles(path: string): Promise<Finding[]> {
  const archive = await readArchive(path);
  try {
    return manifestFiles(await readPackagedJson(archive))
      .filter((file) => archive.find(file.path) === undefined)
      .map(({ pointer, path: name }) => ({
        message: `${name} is not in the package, manifest.json names it in ${pointer}`,
        data: { pointer, file: name },
      }));
  } finally {
    await archive.close();
  }
}

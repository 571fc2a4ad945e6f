// What the build left in the file.
import { pathsInBinary } from '../../../binary/paths-in-binary.ts';
import { defineCheck } from '../../check.ts';
import { type Finding, skip } from '../../finding.ts';

const shown = 3;
const megabyte = 1024 * 1024;

const check = defineCheck({
  id: 'binary/build-traces',
  title: 'The library holds a number of its build, no debug information and no paths of the machine it was built on',
  why: 'Paths tell customers user names and folders; without a build number a crash report fits no build.',
  fix: 'Compile with -ffile-prefix-map=$PWD=., link with -Wl,--build-id, and strip (keep the unstripped file for debugging); mvas_add_plugin does the first two.',
  spec: 'abi.md#loading',
  blind: 'Paths that are not spelled out, such as those inside compressed sections.',
  severity: 'info',
  since: '0.1.0',
  isolation: 'static',
  run({ binary, library }) {
    if ('unreadable' in binary || binary.type !== 'library') return skip('not-reached', 'the file is no shared library (binary/format)');
    const findings: Finding[] = [];
    const debug = binary.sections.filter(({ name }) => /^\.z?debug_|^__debug_/.test(name)).reduce((sum, { bytes }) => sum + bytes, 0);
    if (debug > 0)
      findings.push({ message: `${inMegabytes(debug)} of its ${inMegabytes(binary.size)} are debug information`, data: { bytes: debug } });
    if (binary.buildId === undefined) findings.push({ message: 'it has no number of its build (build-id)' });
    const paths = pathsInBinary(library, binary);
    if (paths.length > 0)
      findings.push({
        message: `it holds paths of the machine it was built on: ${paths.slice(0, shown).join(', ')}${paths.length > shown ? ', …' : ''}`,
        data: { paths: paths.slice(0, 100) },
      });
    return findings;
  },
});
export default check;

function inMegabytes(bytes: number): string {
  return `${(bytes / megabyte).toFixed(2)} MB`;
}

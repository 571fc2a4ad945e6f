// Where the loader looks for libraries is said relative to the plugin.
import { defineCheck } from '../../check.ts';
import { skip } from '../../finding.ts';

const relative = /^(\$ORIGIN|\$\{ORIGIN\}|@loader_path)(\/|$)/;

const check = defineCheck({
  id: 'binary/runpath',
  title: 'The search path for libraries is relative to the plugin itself',
  why: 'An absolute path works on the machine of the build alone, and elsewhere loads whatever lies there.',
  fix: "Link with -Wl,-rpath,'$ORIGIN/../../deps/linux' (macOS: @loader_path/…); in CMake set INSTALL_RPATH and BUILD_WITH_INSTALL_RPATH, as mvas_add_plugin does.",
  spec: 'abi.md#loading',
  blind: 'Search paths inside the libraries of deps/.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'static',
  run({ binary }) {
    if ('unreadable' in binary || binary.type !== 'library') return skip('not-reached', 'the file is no shared library (binary/format)');
    return binary.runpath
      .filter((path) => !relative.test(path))
      .map((path) => ({
        message:
          path === ''
            ? 'its search path has an empty entry: the loader looks into the current folder'
            : `its search path has ${path}, which is not relative to the plugin`,
        data: { path },
      }));
  },
});
export default check;

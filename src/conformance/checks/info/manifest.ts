// Library and manifest tell the same.
import type { NativeManifest } from '../../../manifest/native-manifest.ts';
import { defineCheck } from '../../check.ts';
import { type Finding, type Severity, skip } from '../../finding.ts';
import type { InfoCopy } from '../../plugin-copies.ts';

const supported = ['2', '2.0', '2.0.0'];

const check = defineCheck({
  id: 'info/manifest',
  title: 'What mvas_get_info says agrees with the manifest: version, model type, input size and format, and the name',
  why: 'The marketplace shows the manifest, the host calls the library; when they differ, an operator believes to run another version than inspects.',
  fix: 'Raise the version in both places, build again before packaging, and let interface.input and interface.output repeat what mvas_get_info returns.',
  spec: 'abi.md#mvas_get_info',
  blind: 'What the manifest leaves out.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_get_info'],
  run({ plugin, manifest }) {
    if (manifest === undefined) return skip('no-manifest', 'a bare library has nothing to agree with');
    const info = plugin.getInfo();
    if (info === null) return skip('not-reached', 'mvas_get_info returns NULL');
    const version = manifest.plugin.interface_version;
    const unsupported: Finding = { message: `the manifest asks for interface_version ${version}, this kit knows 2.0`, data: { version } };
    return [...(supported.includes(version) ? [] : [unsupported]), ...disagreements(info, manifest)];
  },
});
export default check;

type Pair = readonly [field: string, library: unknown, path: string, manifest: unknown, severity?: Severity];

function disagreements(info: InfoCopy, { app, interface: { input, output } }: NativeManifest): Finding[] {
  const pairs: Pair[] = [
    ['version', info.version, 'app.version', app.version],
    ['model_type', info.modelType, 'interface.output.type', output.type],
    ['input_width', info.inputWidth, 'interface.input.resolution.width', input.resolution?.width],
    ['input_height', info.inputHeight, 'interface.input.resolution.height', input.resolution?.height],
    ['input_format', info.inputFormat, 'interface.input.color_mode', input.color_mode],
    ['name', info.name, 'app.name', app.name, 'warning'],
  ];
  return pairs
    .filter(([, library, , declared]) => declared !== undefined && library !== declared)
    .map(([field, library, path, declared, severity]) => ({
      message: `${field} is ${JSON.stringify(library)}, the manifest's ${path} is ${JSON.stringify(declared)}`,
      ...(severity === undefined ? {} : { severity }),
      data: { field, library, manifest: declared },
    }));
}

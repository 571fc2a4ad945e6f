// The platforms of the standard: key, folder and file names of plugin and ONNX Runtime, declared once.
import { arch, platform } from 'node:os';
import { KitError } from './kit-error.ts';

/** Every platform key with the folder that generated projects use and the file names of a plugin and of ONNX Runtime. */
export const platforms = {
  'windows-x64': { os: 'win32', cpu: 'x64', folder: 'windows', library: 'plugin.dll', onnxruntime: 'onnxruntime.dll' },
  'windows-arm64': { os: 'win32', cpu: 'arm64', folder: 'windows-arm64', library: 'plugin.dll', onnxruntime: 'onnxruntime.dll' },
  'linux-x64': { os: 'linux', cpu: 'x64', folder: 'linux', library: 'plugin.so', onnxruntime: 'libonnxruntime.so.1' },
  'linux-arm64': { os: 'linux', cpu: 'arm64', folder: 'linux-arm64', library: 'plugin.so', onnxruntime: 'libonnxruntime.so.1' },
  'macos-x64': { os: 'darwin', cpu: 'x64', folder: 'macos', library: 'plugin.dylib', onnxruntime: 'libonnxruntime.1.dylib' },
  'macos-arm64': { os: 'darwin', cpu: 'arm64', folder: 'macos-arm64', library: 'plugin.dylib', onnxruntime: 'libonnxruntime.1.dylib' },
} as const;

/** A key of the table above, as manifests spell it. */
export type PlatformKey = keyof typeof platforms;

/** All platform keys. */
export const platformKeys = Object.keys(platforms) as PlatformKey[];

/** Whether a text is a platform key. */
export function isPlatformKey(text: string): text is PlatformKey {
  return Object.hasOwn(platforms, text);
}

/**
 * The platform key of the machine this runs on.
 *
 * @throws {@link KitError} `PLATFORM_UNSUPPORTED` on any other system or processor.
 */
export function hostPlatform(): PlatformKey {
  const key = platformKeys.find((name) => platforms[name].os === platform() && platforms[name].cpu === arch());
  if (key !== undefined) return key;
  throw new KitError('PLATFORM_UNSUPPORTED', `no platform key for ${platform()} on ${arch()}`, {
    hint: `the standard knows ${platformKeys.join(', ')}`,
  });
}

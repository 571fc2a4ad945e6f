// Builds with cargo and puts the one cdylib of the project where its manifest wants the library; nothing is fetched.
import { copyFile, mkdir, readFile, realpath, stat } from 'node:fs/promises';
import { platform as system } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { KitError } from '../../core/kit-error.ts';
import { hostPlatform, type PlatformKey, platforms } from '../../core/platform.ts';
import { runProcess } from '../../process/run-process.ts';
import { crossCompiler, requireCrossProgram } from '../cross-compilers.ts';
import type { BuildJob, BuildTarget, Driver } from '../driver.ts';
import { requireCargo } from '../tool-chain.ts';

/** What cargo calls our presets: `debug` as in CMake, everything else by the profile's own name. */
const profileNames: Readonly<Record<string, string>> = { debug: 'dev' };

/** Profiles that every project has; where their files go is not always their name. */
const builtIn = ['release', 'dev'];
const folders: Readonly<Record<string, string>> = { dev: 'debug' };

/** Cargo, for every project with a Cargo.toml. */
export const cargo: Driver = {
  id: 'cargo',
  marker: 'Cargo.toml',
  async check(target) {
    await requireCargo(target.io.env);
    await profileOf(target);
    if (target.platform !== hostPlatform()) await requireForeign(target);
  },
  async build(job) {
    const profile = await profileOf(job);
    const target = job.platform === hostPlatform() ? undefined : rustTarget(job.platform);
    const tree = join(job.tree, 'cargo');
    const chosen = target === undefined ? [] : ['--target', target];
    await job.run('cargo', ['build', '--lib', '--offline', '--color', 'never', '--profile', profile, '--target-dir', tree, ...chosen]);
    const built = join(tree, target ?? '', folders[profile] ?? profile, fileNameOf(await libraryName(job), job.platform));
    if (!(await stat(built).catch(() => undefined))) {
      throw new KitError('BUILD_FAILED', `cargo succeeded, but ${built} is not there`, {
        hint: 'unset CARGO_BUILD_TARGET and build.target of cargo’s configuration: they move what it builds',
      });
    }
    const staged = join(job.stage, relative(job.project.root, job.project.libraryPath(job.platform)));
    await mkdir(dirname(staged), { recursive: true });
    await copyFile(built, staged);
  },
};

async function profileOf({ project, preset = 'release' }: BuildTarget): Promise<string> {
  const profile = profileNames[preset] ?? preset;
  const text = await readFile(join(project.root, 'Cargo.toml'), 'utf8');
  const own = [...text.matchAll(/^\[profile\.([\w-]+)\]/gm)].map(([, name]) => name ?? '');
  const known = [...new Set([...builtIn, ...own])];
  if (known.includes(profile)) return profile;
  const shown = known.map((name) => (name === 'dev' ? 'debug' : name));
  throw new KitError('FLAG_INVALID', `${project.root} has no preset "${preset}"`, { hint: `Cargo.toml has ${shown.join(', ')}` });
}

/** Another platform needs its standard library and a linker. */
async function requireForeign({ platform, io }: BuildTarget): Promise<void> {
  const target = rustTarget(platform);
  await requireLinker(platform, target, io.env);
  const { stdout } = await runProcess('rustc', ['--print', 'target-libdir', '--target', target], { env: io.env, timeoutMs: 20_000 });
  if (await stat(stdout.trim()).catch(() => undefined)) return;
  throw new KitError('PLATFORM_UNSUPPORTED', `this machine (${hostPlatform()}) has no Rust library for ${platform} (${target})`, {
    hint: `install it with: rustup target add ${target}`,
  });
}

/** What cargo links with: a linker that the user chose, the system's own for its other processor, or a cross compiler's. */
async function requireLinker(platform: PlatformKey, target: string, env: BuildJob['io']['env']): Promise<void> {
  if (env[`CARGO_TARGET_${target.toUpperCase().replaceAll('-', '_')}_LINKER`] !== undefined) return;
  if (system() !== 'linux' && platforms[platform].os === system()) return;
  const compiler = crossCompiler(platform);
  if (compiler !== undefined) return await requireCrossProgram(platform, compiler.cc, compiler.tool, env);
  throw new KitError('PLATFORM_UNSUPPORTED', `this machine (${hostPlatform()}) has no linker for ${platform}`, {
    hint: `build on ${platform}, for example in CI: mvas builds there without any toolchain of another platform`,
  });
}

/** What Rust calls a platform when it is built for on this machine. */
export function rustTarget(platform: PlatformKey): string {
  const { os, cpu } = platforms[platform];
  const processor = cpu === 'x64' ? 'x86_64' : 'aarch64';
  if (os === 'darwin') return `${processor}-apple-darwin`;
  if (os === 'linux') return `${processor}-unknown-linux-gnu`;
  // Visual Studio's linker is on Windows alone; MinGW has none for arm64.
  return `${processor}-pc-windows-${system() === 'win32' || cpu === 'arm64' ? 'msvc' : 'gnu'}`;
}

/** What cargo calls the cdylib of the project. */
async function libraryName({ project, io }: BuildJob): Promise<string> {
  const args = ['metadata', '--no-deps', '--offline', '--format-version', '1'];
  const { stdout } = await runProcess('cargo', args, { cwd: project.root, env: io.env, timeoutMs: 60_000 });
  const { packages } = JSON.parse(stdout) as CargoMetadata;
  const root = await realpath(project.root); // as cargo tells it
  const targets = packages.filter(({ manifest_path }) => dirname(manifest_path) === root).flatMap((one) => one.targets);
  const found = targets.find(({ crate_types }) => crate_types.includes('cdylib'));
  if (found !== undefined) return found.name;
  throw new KitError('BUILD_FAILED', `${join(project.root, 'Cargo.toml')} makes no plugin: no library of it is a cdylib`, {
    hint: 'write crate-type = ["cdylib"] below [lib]',
  });
}

interface CargoMetadata {
  readonly packages: readonly {
    readonly manifest_path: string;
    readonly targets: readonly { readonly name: string; readonly crate_types: readonly string[] }[];
  }[];
}

function fileNameOf(library: string, platform: PlatformKey): string {
  const name = library.replaceAll('-', '_');
  const { os } = platforms[platform];
  if (os === 'win32') return `${name}.dll`;
  return `lib${name}.${os === 'darwin' ? 'dylib' : 'so'}`;
}

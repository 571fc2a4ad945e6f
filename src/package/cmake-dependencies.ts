// What the CMake files of a project say that it is built from: packages that are found, and sources that are fetched.
import { cmakeCommands } from './cmake-commands.ts';

/** Something that a project is built from. */
export interface CmakeDependency {
  readonly name: string;
  /** The very version, tag or commit that is fetched. */
  readonly version?: string;
  /** The least version that is looked for: which one was found depends on the machine. */
  readonly minimum?: string;
  readonly repository?: string;
  readonly archive?: string;
  /** Of the archive, in hexadecimal. */
  readonly sha256?: string;
  /** Whether only some builds use it. */
  readonly optional: boolean;
}

type Fields = Omit<CmakeDependency, 'optional'>;
type Reader = (args: readonly string[]) => Fields | undefined;

const readers: Readonly<Record<string, Reader>> = {
  find_package: named(([version = '']) => (/^\d/.test(version) ? { minimum: version } : {})),
  fetchcontent_declare: named(sourceOf),
  externalproject_add: named(sourceOf),
  cpmaddpackage: (args) => (args.length === 1 ? shorthand(args[0] ?? '') : cpmPackage(args)),
};

/** What one file names, in its order; variables that the file sets to one word are filled in. */
export function cmakeDependencies(text: string): CmakeDependency[] {
  const variables = new Map<string, string>();
  return cmakeCommands(text).flatMap(({ name, args: written, conditional }) => {
    const args = written.map((word) => word.replace(/\$\{(\w+)\}/g, (whole, key: string) => variables.get(key) ?? whole));
    const [key, value, ...more] = args;
    if (name === 'set' && key !== undefined && value !== undefined && (more.length === 0 || more[0] === 'CACHE')) variables.set(key, value);
    const found = Object.hasOwn(readers, name) ? readers[name]?.(args) : undefined;
    return found === undefined || found.name.includes('${') ? [] : [{ ...known(found), optional: conditional }];
  });
}

/** A command whose first argument is the name. */
function named(rest: (args: readonly string[]) => Omit<Fields, 'name'>): Reader {
  return ([name, ...args]) => (name === undefined ? undefined : { name, ...rest(args) });
}

/** Leaves out what only a run of CMake would tell. */
function known(fields: Fields): Fields {
  const told = Object.entries(fields).filter(([, value]) => value !== undefined && !value.includes('${'));
  return { name: fields.name, ...Object.fromEntries(told) };
}

function sourceOf(args: readonly string[]): Omit<Fields, 'name'> {
  const hash = /^SHA256=([0-9a-fA-F]{64})$/.exec(after(args, 'URL_HASH') ?? '')?.[1];
  const [version, repository, archive] = [after(args, 'GIT_TAG'), after(args, 'GIT_REPOSITORY'), after(args, 'URL')];
  return {
    ...(version !== undefined && { version }),
    ...(repository !== undefined && { repository }),
    ...(archive !== undefined && /^https?:/.test(archive) && { archive }),
    ...(hash !== undefined && { sha256: hash.toLowerCase() }),
  };
}

/** `gh:owner/repository@1.2.3`, or `#tag` in place of the version. */
function shorthand(text: string): Fields | undefined {
  const [, host, path, version] = /^(gh|gl|bb):([\w.-]+\/[\w.-]+?)(?:[@#](.+))?$/.exec(text) ?? [];
  const hosts: Readonly<Record<string, string>> = { gh: 'github.com', gl: 'gitlab.com', bb: 'bitbucket.org' };
  if (host === undefined || path === undefined) return undefined;
  return {
    name: path.slice(path.indexOf('/') + 1),
    repository: `https://${hosts[host]}/${path}`,
    ...(version !== undefined && { version }),
  };
}

function cpmPackage(args: readonly string[]): Fields | undefined {
  const [github, version] = [after(args, 'GITHUB_REPOSITORY'), after(args, 'VERSION')];
  const name = after(args, 'NAME') ?? github?.split('/')[1];
  const repository = github === undefined ? {} : { repository: `https://github.com/${github}` };
  return name === undefined ? undefined : { name, ...(version !== undefined && { version }), ...repository, ...sourceOf(args) };
}

function after(args: readonly string[], key: string): string | undefined {
  const at = args.indexOf(key);
  return at < 0 ? undefined : args[at + 1];
}

// Imports the modules of jobs: from the file that this process was started with where they lie in it, which spares a file each.

const within = new Map<string, () => Promise<unknown>>();

/** Says which modules, by their URLs, lie in the same file. */
export function provideModules(modules: Readonly<Record<string, () => Promise<unknown>>>): void {
  for (const [url, load] of Object.entries(modules)) within.set(url, load);
}

/** URLs of what was provided. */
export function providedModules(): string[] {
  return [...within.keys()];
}

/** The namespace of a compiled module, by its URL. */
export function importModule(url: string): Promise<unknown> {
  return within.get(url)?.() ?? import(url);
}

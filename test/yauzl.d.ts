// The part of yauzl that tests use; its promises are newer than the types that others publish.
declare module 'yauzl' {
  export interface Entry {
    readonly fileName: string;
  }
  export interface ZipFile {
    eachEntry(): AsyncIterable<Entry>;
    openReadStreamPromise(entry: Entry): Promise<import('node:stream').Readable>;
  }
  export function openPromise(path: string, options: { strictFileNames: boolean; validateEntrySizes: boolean }): Promise<ZipFile>;
}

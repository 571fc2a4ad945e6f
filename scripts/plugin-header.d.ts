// Types of plugin-header.js.
export interface HeaderFunction {
  readonly name: string;
  readonly required: boolean;
  /** Comment without tags, one text a line. */
  readonly comment: readonly string[];
  /** Tags in the order they are written. */
  readonly tags: readonly { readonly name: string; readonly value: string }[];
  readonly returns: string;
  readonly parameters: readonly { readonly type: string; readonly name: string }[];
  readonly typedef: string;
  readonly prototype: string;
}

export interface HeaderStruct {
  readonly name: string;
  readonly comment: readonly string[];
  readonly text: string;
  readonly fields: readonly { readonly type: string; readonly name: string }[];
}

export interface HeaderConstant {
  readonly name: string;
  readonly value: number | string;
  readonly comment: string;
}

export interface PluginHeader {
  readonly functions: readonly HeaderFunction[];
  readonly structs: readonly HeaderStruct[];
  readonly constants: readonly HeaderConstant[];
  /** Comment at the head of the file. */
  readonly head: readonly string[];
}

export function parsePluginHeader(text: string): PluginHeader;
export function headerProblems(header: PluginHeader): string[];

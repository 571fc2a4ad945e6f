// Loads a plugin and binds its functions.
import { platform } from 'node:os';
import type { LibraryHandle } from 'koffi';
import { KitError, toErrorText } from '../../core/kit-error.ts';
import { type Abi, type AbiSymbol, type AbiType, abi, abiSymbols } from '../abi.ts';
import type { Pointer, PointerLike } from '../raw-plugin.ts';
import { type BindingOptions, loadLibrary } from './load-library.ts';

type Given<T extends AbiType> = T extends 'pointer' ? PointerLike : number;
type Returned<T extends AbiType> = T extends 'pointer' ? Pointer | null : T extends 'void' ? undefined : number;
type GivenAll<P extends readonly AbiType[]> = { -readonly [I in keyof P]: Given<P[I]> };

/** A function of the contract as TypeScript calls it; a pointer comes back as null for NULL. */
export type PluginFunction<S extends AbiSymbol> = (...values: GivenAll<Abi[S]['parameters']>) => Returned<Abi[S]['returns']>;

/** The functions that a library exports. */
export type PluginFunctions = { readonly [S in AbiSymbol]?: PluginFunction<S> };

const cTypes: Record<AbiType, string> = { void: 'void', pointer: 'void *', int32: 'int32_t', uint32: 'uint32_t' };

/** A loaded library. */
export interface LoadedPlugin {
  readonly functions: PluginFunctions;
  readonly isLoaded: boolean;
  /** Where an exported function is. */
  address(name: AbiSymbol): Pointer;
  unload(): void;
}

/**
 * Loads a library and binds what it exports of the contract, required or not.
 *
 * @throws {@link KitError} `PLUGIN_INVALID` with the loader's text.
 */
export function loadPlugin(path: string, options: BindingOptions = {}): LoadedPlugin {
  const library = open(path, { ...options, deep: options.deep ?? platform() === 'linux' });
  let isLoaded = true;
  const bound = abiSymbols.map((name) => [name, bind(library, name)] as const).filter(([, call]) => call !== undefined);
  return {
    functions: Object.fromEntries(bound) as PluginFunctions,
    get isLoaded() {
      return isLoaded;
    },
    address: (name) => library.symbol(name) as Pointer,
    unload() {
      if (isLoaded) library.unload();
      isLoaded = false;
    },
  };
}

function open(path: string, options: BindingOptions): LibraryHandle {
  try {
    return loadLibrary(path, options);
  } catch (cause) {
    throw new KitError('PLUGIN_INVALID', `${path} cannot be loaded: ${toErrorText(cause)}`, {
      cause,
      hint: 'every library and symbol it needs must be found; mvas conform names what is missing',
    });
  }
}

function bind(library: LibraryHandle, name: AbiSymbol): unknown {
  const { returns, parameters } = abi[name];
  try {
    return library.func(
      name,
      cTypes[returns],
      parameters.map((type) => cTypes[type]),
    );
  } catch {
    // koffi throws for a symbol that is not there, and for nothing else here
    return undefined;
  }
}

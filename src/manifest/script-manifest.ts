// A pipeline or script manifest in its one normalised form; version 1 becomes a script.
import type { NativeManifest } from './native-manifest.ts';
import type { WrittenV1Manifest } from './v1-schema.ts';

/** A model file and what it is for. */
export interface ScriptModel {
  readonly id: string;
  readonly path: string;
  /** A kind of inspection, as in the category of an app. */
  readonly type: string;
  readonly framework?: string;
  readonly input_shape?: readonly number[];
  readonly output_type?: string;
  readonly algorithm?: string;
}

/** A Python function that a pipeline runs apart, without rights of its own. */
export interface ScriptProcessor {
  readonly id: string;
  readonly path: string;
  readonly entry_point: string;
  readonly sandbox: 'python_restricted';
  readonly permissions: readonly ('read_results' | 'write_output')[];
}

/** Something that an app may do. */
export type Permission = 'camera.read' | 'results.write' | 'network.local' | 'plc.write' | 'database.write' | 'network.external';

/** A pipeline or script manifest, normalised. All paths are relative to the folder of the manifest, with `/`. */
export interface ScriptManifest extends Omit<NativeManifest, 'package_type' | 'plugin' | 'interface'> {
  readonly package_type: 'pipeline' | 'script';
  /** The graph of a pipeline; what else its author wrote about it follows from the graph. */
  readonly pipeline?: { readonly definition: string };
  readonly models: readonly ScriptModel[];
  readonly processors: readonly ScriptProcessor[];
  readonly permissions: { readonly required: readonly Permission[]; readonly optional: readonly Permission[] };
  /** The transforms and the rules of a script. */
  readonly preprocessing?: string;
  readonly postprocessing?: string;
  /** The sections of a version 1 manifest that say how to run it, as written. */
  readonly v1?: Pick<WrittenV1Manifest, 'model' | 'input' | 'output'>;
}

/** Any manifest, normalised; `package_type` tells which. */
export type Manifest = NativeManifest | ScriptManifest;

// A native manifest in its one normalised form: aliases resolved, defaults filled in.
import type { PlatformKey } from '../core/platform.ts';
import type { WrittenManifest } from './native-schema.ts';

type Written<Key extends keyof WrittenManifest> = NonNullable<WrittenManifest[Key]>;
type WrittenApp = Written<'app'>;
type WrittenInterface = Written<'interface'>;

/** Who made an app. */
export interface ManifestAuthor {
  readonly name: string;
  readonly email?: string;
  readonly url?: string;
}

/** A setting that users may change, with its default and bounds. */
export interface UserSetting {
  readonly key: string;
  readonly type: 'float' | 'int' | 'bool' | 'string' | 'enum';
  readonly default: number | boolean | string;
  /** Bounds of a number. */
  readonly min?: number;
  readonly max?: number;
  /** Values of an enum. */
  readonly options?: readonly string[];
  readonly label?: string;
  readonly description?: string;
}

/** The model files of a plugin; paths are relative to the manifest. */
export interface ManifestModel {
  /** `models/model.onnx` unless the manifest says otherwise. */
  readonly path: string;
  readonly fallback?: string;
  readonly config?: string;
  readonly engines: Readonly<Partial<Record<PlatformKey, string>>>;
}

/** What a plugin needs of the machine; version fields are ranges such as `>=11.8`. */
export interface ManifestRequirements {
  readonly mvas_version?: string;
  readonly cuda_version?: string;
  readonly tensorrt_version?: string;
  readonly gpu_compute_capability?: string;
  readonly glibc?: string;
  readonly gpu_memory_mb?: number;
  readonly system_memory_mb?: number;
  readonly gpu_required: boolean;
  readonly gpu_recommended: boolean;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Speed that the author promises on `hardware_tested`. */
export interface PerformanceBaseline {
  readonly load_time_ms?: number;
  readonly inference_time_ms?: number;
  readonly throughput_fps?: number;
}

/** Terms of sale. */
export interface ManifestMarketplace {
  readonly pricing?: 'free' | 'one_time' | 'subscription' | 'per_inference';
  readonly price_usd?: number;
  readonly period?: 'month' | 'year';
  readonly trial_days?: number;
  readonly support_url?: string;
  readonly documentation_url?: string;
  readonly video_tutorial?: string;
}

/** A native manifest, normalised. All paths are relative to the folder of the manifest, with `/`. */
export interface NativeManifest {
  readonly manifest_version: string;
  readonly package_type: 'native';
  readonly minKitVersion?: string;
  readonly app: Omit<WrittenApp, 'author' | 'tags' | 'preview_images'> & {
    readonly author?: ManifestAuthor;
    readonly tags: readonly string[];
    readonly preview_images: readonly string[];
  };
  readonly plugin: {
    /** `2.0` unless the manifest says otherwise. */
    readonly interface_version: string;
    readonly binaries: Readonly<Partial<Record<PlatformKey, string>>>;
    readonly model: ManifestModel;
    readonly dependencies: Readonly<Partial<Record<PlatformKey, readonly string[]>>>;
  };
  readonly requirements: ManifestRequirements;
  readonly interface: {
    readonly thread_safe: boolean;
    readonly input: NonNullable<WrittenInterface['input']>;
    readonly output: NonNullable<WrittenInterface['output']>;
  };
  readonly configuration: {
    /** A path, or the settings themselves. */
    readonly default_config?: string | Readonly<Record<string, unknown>>;
    readonly user_configurable: readonly UserSetting[];
  };
  readonly performance: {
    readonly baseline?: PerformanceBaseline;
    readonly hardware_tested?: { readonly gpu?: string; readonly cpu?: string };
  };
  readonly testing: { readonly test_images?: string; readonly expected_results?: string };
  readonly marketplace: ManifestMarketplace;
  /** Files outside the standard folders that belong into the package. */
  readonly extraFiles: readonly string[];
}

// Brings both spellings of the documents, and every kind of manifest, to the internal forms.
import type { NativeManifest } from './native-manifest.ts';
import type { WrittenManifest } from './native-schema.ts';
import { normaliseApp, normaliseMarketplace, normaliseRequirements, normaliseTesting, present } from './normalise-sections.ts';
import type { ScriptManifest } from './script-manifest.ts';
import type { WrittenScriptManifest } from './script-schema.ts';
import type { WrittenV1Manifest } from './v1-schema.ts';

/** Where the model of a native plugin lies when its manifest does not say. */
const defaultModelPath = 'models/model.onnx';

/** Normalises a native manifest that passed its schema. */
export function normaliseNative(written: WrittenManifest): NativeManifest {
  const { plugin } = written;
  return {
    manifest_version: written.manifest_version,
    package_type: 'native',
    ...present({ minKitVersion: written.minKitVersion }),
    app: normaliseApp(written.app),
    plugin: {
      interface_version: plugin.interface_version ?? '2.0',
      binaries: plugin.binaries,
      model: { path: defaultModelPath, ...plugin.model, engines: plugin.model?.engines ?? {} },
      dependencies: plugin.dependencies ?? {},
    },
    interface: {
      thread_safe: written.interface?.thread_safe ?? false,
      input: written.interface?.input ?? {},
      output: written.interface?.output ?? {},
    },
    ...sharedSections(written),
  };
}

/** Normalises a pipeline or script manifest that passed its schema. */
export function normaliseScript(written: WrittenScriptManifest): ScriptManifest {
  const { pipeline, models, processors = [], permissions } = written;
  const kind = written.package_type ?? (pipeline === undefined ? 'script' : 'pipeline');
  return {
    manifest_version: written.manifest_version,
    package_type: kind,
    ...present({ minKitVersion: written.minKitVersion }),
    app: normaliseApp(written.app),
    ...(pipeline === undefined ? {} : { pipeline: { definition: pipeline.definition } }),
    models,
    processors: processors.map((processor) => ({ sandbox: 'python_restricted', permissions: [], ...processor })),
    permissions: { required: permissions?.required ?? [], optional: permissions?.optional ?? [] },
    ...present({ preprocessing: written.preprocessing, postprocessing: written.postprocessing }),
    ...sharedSections(written),
  };
}

/** Brings a version 1 manifest that passed its schema into the form of a script. */
export function normaliseV1({ app, model, input, output, requirements }: WrittenV1Manifest): ScriptManifest {
  const { path, type = 'anomaly_detection', framework = 'onnx', algorithm } = model;
  return {
    manifest_version: '1.0.0',
    package_type: 'script',
    app: normaliseApp(app),
    models: [{ id: 'model', path, type, framework, ...present({ algorithm }) }],
    processors: [],
    permissions: { required: [], optional: [] },
    ...present({ preprocessing: input?.preprocessing, postprocessing: output?.postprocessing }),
    v1: { model, ...present({ input, output }) },
    ...sharedSections({ requirements: { ...requirements } }),
  };
}

type Shared = Pick<NativeManifest, 'requirements' | 'configuration' | 'performance' | 'testing' | 'marketplace' | 'extraFiles'>;

function sharedSections(
  written: Pick<WrittenManifest, 'requirements' | 'configuration' | 'performance' | 'testing' | 'marketplace' | 'extraFiles'>,
): Shared {
  const { configuration, performance, testing } = written;
  return {
    requirements: normaliseRequirements(written.requirements),
    configuration: { ...configuration, user_configurable: configuration?.user_configurable ?? [] },
    performance: { ...present({ baseline: testing?.performance_baseline }), ...performance },
    testing: normaliseTesting(testing),
    marketplace: normaliseMarketplace(written.marketplace),
    extraFiles: written.extraFiles ?? [],
  };
}

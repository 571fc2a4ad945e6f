// A script app as golden works on it: its rules and transforms stand where a plugin has settings.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '../core/digest.ts';
import { readJsonFile } from '../core/json-file.ts';
import { KitError } from '../core/kit-error.ts';
import { readError } from '../core/read-error.ts';
import { type Config, effectiveConfig } from '../manifest/effective-config.ts';
import { readScript, readWrittenRules, type ScriptFolder, withRuleDefaults } from '../script/read-script.ts';
import type { PluginSubject } from './plugin-subject.ts';

/**
 * The subject that a script's manifest describes, with `overrides` over its rules.
 *
 * @throws {@link KitError} `MANIFEST_INVALID` for what is not run yet, `FILE_INVALID`, `FILE_NOT_FOUND`, `CONFIG_INVALID`.
 */
export async function scriptSubject(folder: ScriptFolder, overrides: Config = {}): Promise<PluginSubject> {
  const { root, manifest } = folder;
  const rules = await readWrittenRules(folder);
  const settings = await effectiveConfig(withRuleDefaults(manifest, rules), (name) => readText(join(root, name)), overrides);
  const plan = await readScript(folder, settings);
  const { pass, review } = plan.rules;
  const conditions = {
    threshold: review,
    review_ratio: pass / review,
    settings,
    rules,
    transforms: await readJsonFile(join(root, manifest.preprocessing ?? '')),
    masks: plan.steps.flatMap(({ mask }) => (mask === undefined ? [] : [sha256Hex(mask.data)])),
  };
  const expected = manifest.testing.expected_results ?? 'test/expected_results.json';
  return {
    root,
    script: { manifest, plan },
    library: join(root, 'manifest.json'),
    model: plan.model,
    config: JSON.stringify(conditions),
    dependencies: [],
    testImages: join(root, manifest.testing.test_images ?? 'test/test_images'),
    expectedResults: join(root, expected),
    benchmark: join(root, 'test/benchmark.json'),
    performance: manifest.performance,
    reports: join(root, 'reports'),
  };
}

async function readText(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch((cause: unknown) => {
    throw readError(path, cause, 'manifest.json names it in configuration.default_config');
  });
}

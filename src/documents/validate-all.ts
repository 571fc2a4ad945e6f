// Validates a manifest together with the files beside it that have a schema.
import { type ValidateOptions, type Validation, validate } from '../package/validate.ts';
import { documentProblems } from './known-documents.ts';

/**
 * Validates a manifest.json, the project in a folder, or a package (`.mvapp`), with the files beside the manifest: expected_results, benchmark,
 * model_config, thresholds, transforms, rules.
 *
 * @throws {@link KitError} when there is nothing to judge: no such file, no JSON, no container.
 */
export function validateAll(path: string, options: Omit<ValidateOptions, 'judgeFiles'> = {}): Promise<Validation> {
  return validate(path, { ...options, judgeFiles: documentProblems });
}

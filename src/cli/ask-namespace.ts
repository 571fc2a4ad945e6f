// Asks a person which apps a new developer key is for.
import { isCancel, text } from '@clack/prompts';
import { KitError } from '../core/kit-error.ts';
import { isNamespace } from '../signing/namespace.ts';

/** Asks for a namespace, offering that of the project. */
export async function askNamespace(suggestion: string | undefined): Promise<string> {
  const offered = suggestion === undefined ? { placeholder: 'com.acme.*' } : { defaultValue: suggestion, placeholder: suggestion };
  const answer = await text({
    message: 'Apps that the key may sign on this machine',
    ...offered,
    validate: (value) => (isNamespace(value || suggestion || '') ? undefined : 'write com.acme.* for all apps of com.acme'),
  });
  if (isCancel(answer)) throw new KitError('INTERRUPTED', 'interrupted');
  return answer;
}

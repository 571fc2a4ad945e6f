// Says why a value does not fit a setting that the manifest declares.
import type { UserSetting } from './native-manifest.ts';

const typeOf = {
  float: { fits: (value: unknown) => typeof value === 'number' && Number.isFinite(value), rule: 'must be a number' },
  int: { fits: (value: unknown) => Number.isSafeInteger(value), rule: 'must be a whole number' },
  bool: { fits: (value: unknown) => typeof value === 'boolean', rule: 'must be true or false' },
  string: { fits: (value: unknown) => typeof value === 'string', rule: 'must be a text' },
  enum: { fits: (value: unknown) => typeof value === 'string', rule: 'must be a text' },
} as const;

/** The rule that a value breaks, as a clause such as `must be a number`, or undefined when it fits. */
export function settingError(setting: UserSetting, value: unknown): string | undefined {
  const { fits, rule } = typeOf[setting.type];
  if (!fits(value)) return rule;
  if (typeof value === 'number' && setting.min !== undefined && value < setting.min) return `must not be below ${setting.min}`;
  if (typeof value === 'number' && setting.max !== undefined && value > setting.max) return `must not be above ${setting.max}`;
  if (setting.type === 'enum' && !setting.options?.some((option) => option === value)) {
    return `must be one of ${setting.options?.join(', ')}`;
  }
  return undefined;
}

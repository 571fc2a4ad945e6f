// The rule for app ids: they name plugins world-wide and become folder names, so nothing else is accepted.

/** Pattern of an app id: lower-case segments of letters and digits, joined by dots or hyphens. */
export const appIdPattern = '^[a-z0-9]+([.-][a-z0-9]+)*$';

/** Most characters of an app id. */
export const appIdMaxLength = 100;

const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** Says which rule a text breaks as an app id, or undefined when it is one. */
export function appIdProblem(text: string): string | undefined {
  if (text.length > appIdMaxLength) return `is longer than ${appIdMaxLength} characters`;
  if (!new RegExp(appIdPattern).test(text))
    return 'must be lower-case letters and digits in segments joined by dots or hyphens, like com.acme.bottle-cap';
  const reserved = text.split('.').find((segment) => deviceName.test(segment));
  return reserved === undefined ? undefined : `must not have the segment "${reserved}": Windows reserves that name for a device`;
}

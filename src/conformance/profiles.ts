// How strictly findings are judged: profiles as data.
import { type ProfileName, profileNames } from '../core/profile-names.ts';
import type { Severity } from './finding.ts';

export { type ProfileName, profileNames };

/** What a profile makes of findings. */
interface Profile {
  /** For the help of the command line. */
  readonly summary: string;
  /** Whether a warning fails the plugin. */
  readonly warningsFail: boolean;
  /** Checks whose errors stay errors, as ids or `group/*`; all others' become warnings. Undefined: all stay. */
  readonly errorsOf?: readonly string[];
}

/** Every profile makes every check. */
export const profiles: Readonly<Record<ProfileName, Profile>> = {
  basic: {
    summary: 'for plugins older than this contract: only what breaks hosts in the field fails',
    warningsFail: false,
    errorsOf: [
      ...['binary/format', 'binary/platform', 'binary/required-exports', 'binary/needed-libraries'],
      ...['lifecycle/load', 'lifecycle/two-plugins', 'lifecycle/info-any-time', 'info/strings', 'infer/nominal'],
      ...['result/decision', 'result/anomaly-map', 'result/boxes', 'robustness/*', 'host/field'],
    ],
  },
  standard: { summary: 'every broken promise fails, warnings do not', warningsFail: false },
  strict: { summary: 'warnings fail too: for plugins that are made now', warningsFail: true },
};

/** The severity of a finding under a profile. */
export function severityUnder(profile: ProfileName, id: string, severity: Severity): Severity {
  const { errorsOf } = profiles[profile];
  if (severity !== 'error' || errorsOf === undefined) return severity;
  return errorsOf.includes(id) || errorsOf.includes(id.replace(/\/.*/, '/*')) ? 'error' : 'warning';
}

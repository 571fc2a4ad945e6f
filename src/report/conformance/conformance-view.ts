// What every form of a conformance report is made from.

/** One check with what was seen and its rule in words. */
export interface CheckView {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  /** How it counts. */
  readonly kind: 'failed' | 'warned' | 'skipped' | 'passed';
  /** Whether it leaves the verdict good. */
  readonly isGood: boolean;
  readonly severity: Severity;
  readonly findings: readonly { readonly message: string; readonly severity: Severity }[];
  /** Why it was skipped. */
  readonly reason?: string | undefined;
  /** The call that was under way when the plugin ended. */
  readonly call?: string | undefined;
  /** The command line that shows it again. */
  readonly repeat?: string | undefined;
  readonly durationMs: number;
  readonly why: string;
  readonly fix: string;
  readonly blind: string;
  /** Where the rule stands. */
  readonly rule: string;
  /** Whether only the file was read. */
  readonly isStatic: boolean;
}

type Severity = 'error' | 'warning' | 'info';

interface FileView {
  readonly path: string;
  readonly sha256: string;
}

/** A whole run. */
export interface ConformanceView {
  readonly plugin: FileView;
  readonly model: FileView | null;
  readonly config: { readonly path?: string | undefined; readonly sha256: string } | null;
  readonly kit: { readonly version: string; readonly sha256: string };
  readonly runner: string;
  readonly profile: string;
  readonly seed: number;
  readonly host: {
    readonly platform: string;
    readonly system: string;
    readonly cpu: string;
    readonly cores: number;
    readonly node: string;
  };
  readonly ok: boolean;
  readonly counts: Readonly<Record<'passed' | 'warned' | 'failed' | 'skipped', number>>;
  readonly checks: readonly CheckView[];
  /** What was left out, by the check's id; `suite` for what no check looks at. */
  readonly notChecked: readonly { readonly id: string; readonly reason: string }[];
  readonly durationMs: number;
}

/** What made the verdict bad first, then warnings, notes, skips and the rest; within these the order stays. */
export function worstFirst(checks: readonly CheckView[]): CheckView[] {
  const rank = ({ kind, isGood, findings }: CheckView): number => {
    if (!isGood) return kind === 'failed' ? 0 : kind === 'warned' ? 1 : 2;
    return kind === 'warned' ? 3 : kind === 'skipped' ? 5 : findings.length > 0 ? 4 : 6;
  };
  return [...checks].sort((a, b) => rank(a) - rank(b));
}

/** "12 passed, 1 failed": what there is none of is left out. */
export function countWords({ counts }: Pick<ConformanceView, 'counts'>): string {
  const order = ['failed', 'warned', 'skipped', 'passed'] as const;
  const said = order.filter((kind) => counts[kind] > 0).map((kind) => `${counts[kind]} ${kind}`);
  return said.length === 0 ? 'no checks' : said.join(', ');
}

/** The status in a word for people. */
export function statusWord({ status, kind }: Pick<CheckView, 'status' | 'kind'>): string {
  const words: Readonly<Record<string, string>> = { crash: 'crashed', hang: 'hung', exited: 'exited', 'broken-check': 'fault of the kit' };
  return words[status] ?? kind;
}

/** Labelled facts by which the run can be told from others and made again. */
export function factsOf(view: ConformanceView): (readonly [label: string, value: string])[] {
  const { plugin, model, config, kit, host, runner, profile, seed } = view;
  return [
    ['Plugin', `${plugin.path}, SHA-256 ${plugin.sha256}`],
    ['Model', model === null ? 'none' : `${model.path}, SHA-256 ${model.sha256}`],
    ['Configuration', config === null ? 'none' : `${config.path ?? 'defaults'}, SHA-256 ${config.sha256}`],
    ['Kit', `mvas-kit ${kit.version}, SHA-256 of the checks ${kit.sha256}`],
    ['Profile and seed', `${profile}, ${seed}`],
    ['Runner', runner === 'native' ? 'native' : `${runner}: an emulator`],
    ['Machine', `${host.platform}, ${host.system}, ${host.cpu}, ${host.cores} cores, Node ${host.node}`],
  ];
}

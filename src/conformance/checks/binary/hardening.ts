// The library was linked with the protections that cost nothing.
import type { Hardening } from '../../../binary/binary.ts';
import { defineCheck } from '../../check.ts';
import { type Finding, type Severity, skip } from '../../finding.ts';

const check = defineCheck({
  id: 'binary/hardening',
  title: 'The library is linked with the protections of its platform',
  why: 'A damaged model that overruns a buffer becomes code that runs in the host; an executable stack is refused by some systems.',
  fix: 'Link with sdk/cmake (mvas_add_plugin), or with -Wl,-z,relro,-z,now,-z,noexecstack; Windows: /DYNAMICBASE /NXCOMPAT; macOS: codesign.',
  spec: 'abi.md#loading',
  blind: 'Whether the compiler used the protections everywhere.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'static',
  run({ binary }) {
    if ('unreadable' in binary || binary.type !== 'library') return skip('not-reached', 'the file is no shared library (binary/format)');
    const { hardening } = binary;
    const writable = hardening.writableCode.map((where): Finding => ({ message: `${where} of it is writable and executable at once` }));
    return [...protections.filter(({ lacks }) => lacks(hardening)).map(({ message, severity }) => ({ message, severity })), ...writable];
  },
});
export default check;

interface Protection {
  readonly lacks: (hardening: Hardening) => boolean;
  readonly message: string;
  readonly severity: Severity;
}

/** Undefined means that the format has no such thing. */
const protections: readonly Protection[] = [
  { lacks: ({ noExecute }) => !noExecute, message: 'it asks for an executable stack or data', severity: 'warning' },
  { lacks: ({ relro }) => relro === false, message: 'its tables of pointers stay writable (no RELRO)', severity: 'warning' },
  {
    lacks: ({ bindNow }) => bindNow === false,
    message: 'its functions are bound late, so that their table stays writable (no BIND_NOW)',
    severity: 'warning',
  },
  {
    lacks: ({ textRelocations }) => textRelocations === true,
    message: 'the loader must write into its code (TEXTREL): compile with -fPIC',
    severity: 'warning',
  },
  { lacks: ({ anyAddress }) => anyAddress === false, message: 'it loads at a fixed address (no DYNAMICBASE)', severity: 'warning' },
  {
    lacks: ({ signed }) => signed === false,
    message: 'it has no code signature: codesign --sign - adds the least that macOS asks for',
    severity: 'warning',
  },
  {
    lacks: ({ stackProtector }) => !stackProtector,
    message: 'no function of it watches its stack frame (-fstack-protector-strong)',
    severity: 'info',
  },
  { lacks: ({ fortified }) => fortified === false, message: 'no call of it has a checked size (_FORTIFY_SOURCE)', severity: 'info' },
  {
    lacks: ({ controlFlowGuard }) => controlFlowGuard === false,
    message: 'its calls through pointers are not checked (/guard:cf)',
    severity: 'info',
  },
];

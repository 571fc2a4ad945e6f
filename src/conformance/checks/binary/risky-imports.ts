// Functions of the C library that change the process of the host.
import { defineCheck } from '../../check.ts';
import { type Finding, type Severity, skip } from '../../finding.ts';

const check = defineCheck({
  id: 'binary/risky-imports',
  title: 'The library imports nothing that starts programs or changes the state of the process',
  why: 'setlocale turns the decimal point of every other plugin into a comma, chdir breaks relative paths, fork copies locked mutexes.',
  fix: 'Use the _l functions (strtod_l) and full paths, and leave programs to the host; exit, abort and signal handlers are of no use in a plugin.',
  spec: 'abi.md#functions',
  blind: 'Calls made without the C library, and those of libraries that it loads; lifecycle/process-state looks at what really changed.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'static',
  run({ binary }) {
    if ('unreadable' in binary || binary.type !== 'library') return skip('not-reached', 'the file is no shared library (binary/format)');
    const imported = [...new Set(binary.imports.map(plain))].sort();
    return risks.flatMap(({ names, words, severity }): Finding[] => {
      const found = imported.filter((name) => names.test(name));
      return found.length === 0 ? [] : [{ message: `it imports ${found.join(', ')}: ${words}`, severity, data: { symbols: found } }];
    });
  },
});
export default check;

/** Windows and macOS decorate the names of the C library. */
function plain(name: string): string {
  return name.replace(/\$.*$/, '').replace(/^_+(?=(w?exec|w?spawn|w?chdir|wsetlocale|w?popen|wsystem|exit))/, '');
}

const risks: readonly { readonly names: RegExp; readonly words: string; readonly severity: Severity }[] = [
  {
    names:
      /^(v?fork|w?exec[lv]p?e?|fexecve|execveat|w?system|w?popen|posix_spawnp?|w?spawn[lv]p?e?|CreateProcess(AsUser)?[AW]?|ShellExecute(Ex)?[AW]?|WinExec)$/,
    words: 'it can start programs inside the host',
    severity: 'warning',
  },
  { names: /^w?setlocale$/, words: 'it can change how all of the process reads numbers', severity: 'warning' },
  { names: /^(f?chdir|w?chdir|SetCurrentDirectory[AW])$/, words: 'it can change the folder of the process', severity: 'warning' },
  {
    names: /^(exit|_exit|_Exit|quick_exit|abort|raise|ExitProcess|TerminateProcess)$/,
    words: 'runtimes need that, a plugin never does',
    severity: 'info',
  },
  {
    names: /^(signal|sigaction|bsd_signal|sigset|SetUnhandledExceptionFilter)$/,
    words: 'handlers of signals belong to the host',
    severity: 'info',
  },
];

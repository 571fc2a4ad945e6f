import { expect, test } from 'vitest';
import { splitCommand } from './signer-command.ts';

test.each<[string, string[]]>([
  ['sign', ['sign']],
  ['  openssl  dgst -sign key.pem ', ['openssl', 'dgst', '-sign', 'key.pem']],
  ['"C:\\Program Files\\sign.exe" --slot 0', ['C:\\Program Files\\sign.exe', '--slot', '0']],
  [`a'b c'"d e" ''`, ['ab cd e', '']],
])('a command line is split into words without a shell: %s', (line, words) => {
  expect(splitCommand(line)).toEqual(words);
});

test.each(['', '  ', '"open', "sign 'open"])('a line that is no command is refused: %j', (line) => {
  expect(() => splitCommand(line)).toThrow(/is no command/);
});

// Children of the kit start without what only slows them down.
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { childEnvironment } from './child-environment.ts';

test('certificates are left out, however they are written, and all else is kept', () => {
  expect(childEnvironment({ PATH: '/bin', NODE_EXTRA_CA_CERTS: '/ca.pem', Node_Extra_CA_Certs: '/ca.pem', EMPTY: undefined })).toEqual({
    PATH: '/bin',
    EMPTY: undefined,
  });
});

test('without an environment a child gets the one of this process', () => {
  const print = 'console.log(JSON.stringify(process.env))';
  const { NODE_EXTRA_CA_CERTS: _, ...inherited } = JSON.parse(execFileSync(process.execPath, ['-e', print], { encoding: 'utf8' }));
  expect(childEnvironment()).toMatchObject(inherited);
});

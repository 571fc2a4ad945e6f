// A Node reads all extra certificates at its start, which takes twice as long as the rest of it, and a run of all tests starts thousands: they are kept
// from all but what opens connections.
const costly = 'NODE_EXTRA_CA_CERTS';
const kept = 'MVAS_TEST_EXTRA_CA_CERTS';

/** Before the processes of the tests are started, which inherit the environment. */
export function setup(): void {
  const { [costly]: certificates } = process.env;
  if (certificates !== undefined) process.env[kept] = certificates;
  delete process.env[costly];
}

/** The environment of a program that opens connections, as npm does. */
export function networkEnvironment(): NodeJS.ProcessEnv {
  const { [kept]: certificates, ...env } = process.env;
  return certificates === undefined ? env : { ...env, [costly]: certificates };
}

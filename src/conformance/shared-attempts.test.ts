import { expect, test } from 'vitest';
import type { JobOutcome } from '../harness/job.ts';
import { SharedAttempts } from './shared-attempts.ts';

const outcome = (value: 'clean' | 'trouble', isShared?: true): JobOutcome => {
  const rest = { calls: [], output: { stdout: '', stderr: '' }, durationMs: 0 };
  return { kind: 'completed', value, ...rest, ...(isShared ? { isShared } : {}) };
};
const attemptsUnder = () => new SharedAttempts((one) => one.kind === 'completed' && one.value === 'trouble');
const shared = (value: 'clean' | 'trouble') => outcome(value, true);
const later = () => {
  let resolve: (made: JobOutcome | undefined) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<JobOutcome | undefined>((yes, no) => {
    [resolve, reject] = [yes, no];
  });
  return { promise, resolve, reject };
};

test('what shared a process counts when all others have found nothing either', async () => {
  const attempts = attemptsUnder();
  const [one, other] = [later(), later()];
  const made = [attempts.attempt(() => one.promise), attempts.attempt(() => other.promise)];
  const first = expect(made[0]).resolves.toEqual(shared('clean'));
  one.resolve(shared('clean'));
  await expect(Promise.race([made[0], Promise.resolve('waits')])).resolves.toBe('waits');
  other.resolve(shared('clean'));
  await first;
  await expect(made[1]).resolves.toEqual(shared('clean'));
  expect(attempts.isOver).toBe(false);
});

test('nothing that shared a process counts once one tells of trouble, whichever ends first', async () => {
  const attempts = attemptsUnder();
  const [before, troubled, behind] = [later(), later(), later()];
  const made = [before, troubled, behind].map(({ promise }) => attempts.attempt(() => promise));
  before.resolve(shared('clean'));
  troubled.resolve(shared('trouble'));
  expect(await Promise.all(made.slice(0, 2))).toEqual([undefined, undefined]);
  expect(attempts.isOver).toBe(true);
  behind.resolve(shared('clean'));
  await expect(made[2]).resolves.toBeUndefined();
});

test('what had a process of its own counts in any case and waits for nothing', async () => {
  const attempts = attemptsUnder();
  const endless = attempts.attempt(() => later().promise);
  await expect(attempts.attempt(async () => outcome('trouble'))).resolves.toEqual(outcome('trouble'));
  await expect(attempts.attempt(async () => undefined)).resolves.toBeUndefined();
  expect(attempts.isOver).toBe(false);
  await expect(Promise.race([endless, Promise.resolve('waits')])).resolves.toBe('waits');
});

test.each([true, false])('nothing that shared a process counts where what was made alone is troubled: %s', async (isTroubled) => {
  const attempts = attemptsUnder();
  const [one, alone] = [later(), later()];
  const made = attempts.attempt(() => one.promise);
  const beside = attempts.beside(
    () => alone.promise,
    () => isTroubled,
  );
  one.resolve(shared('clean'));
  await expect(Promise.race([made, Promise.resolve('waits')])).resolves.toBe('waits');
  alone.resolve(outcome('trouble'));
  await expect(beside).resolves.toEqual(outcome('trouble'));
  await expect(made).resolves.toEqual(isTroubled ? undefined : shared('clean'));
});

test('those that come when all is made wait for each other again', async () => {
  const attempts = attemptsUnder();
  await expect(attempts.attempt(async () => shared('clean'))).resolves.toEqual(shared('clean'));
  const [one, troubled] = [later(), later()];
  const made = [one, troubled].map(({ promise }) => attempts.attempt(() => promise));
  one.resolve(shared('clean'));
  troubled.resolve(shared('trouble'));
  expect(await Promise.all(made)).toEqual([undefined, undefined]);
});

test('one that cannot be made keeps no other waiting', async () => {
  const attempts = attemptsUnder();
  const [one, broken] = [later(), later()];
  const made = [attempts.attempt(() => one.promise), attempts.attempt(() => broken.promise)];
  one.resolve(shared('clean'));
  broken.reject(new Error('interrupted'));
  await expect(made[1]).rejects.toThrow('interrupted');
  await expect(made[0]).resolves.toEqual(shared('clean'));
});

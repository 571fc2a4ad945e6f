// Broken plugins whose faults show on every platform, one of each group of checks: where a library is emulated, they must be told as well.
/** Faults that end in words, which must be the same words everywhere; names below the folder of broken plugins. */
export const wrongTwins = [
  'batch/equals-singles-order',
  'config/atomic',
  'config/locale',
  'determinism/order',
  'errors/codes',
  'host/field',
  'infer/bad-sizes-channels',
  'infer/stride',
  'info/vocabulary',
  'init/missing-model-code',
  'lifecycle/call-matrix',
  'ownership/two-results-kept',
  'result/scores',
  'threads/other-thread-refused',
  'warmup/harmless-code',
] as const;

// Broken plugins whose fault is not told on a platform that is emulated, with the reason; docs/guide/test-for-windows.md says it to users.
const notThere = 'the fault is Linux’s own: the same source is right here';
const slow = 'calls are slow there, and the check tries fewer cases in its time';
const unlimited = 'the emulator does not pass limits of memory on';
const forgiven = 'Wine’s allocator lets it pass';

/** By platform: the reasons, by path below test/plugins/broken. */
export const knownMisses = {
  'linux-arm64': {
    'batch/equals-singles-many.c': slow,
    'batch/equals-singles-stride.c': slow,
    'infer/sizes.c': slow,
    'robustness/low-memory.c': unlimited,
    'robustness/low-memory-abort.cpp': unlimited,
  },
  'windows-x64': {
    'config/fuzz.c': 'the C runtime of Windows prints such a format without a crash',
    'determinism/processes.c': 'Wine gives every process the same addresses',
    'lifecycle/cleanup-any-time.c': forgiven,
    'lifecycle/load-time.c': 'times of an emulated process are not judged',
    'lifecycle/process-state-error.c': notThere,
    'lifecycle/process-state-locale.c': notThere,
    'lifecycle/process-state-signal.c': 'signal handlers are not looked at on Windows',
    'lifecycle/process-state-umask.c': 'the mask belongs to the C runtime that is linked into the library',
    'ownership/caller-memory-decision.c': forgiven,
    'ownership/caller-memory-struct.c': forgiven,
    'result/all-fields-old-pointer.c': forgiven,
    'robustness/process-exit.c': forgiven,
    'threads/exceptions.cpp': notThere,
    'threads/exceptions-config.cpp': notThere,
    'threads/exceptions-init.cpp': notThere,
    'warmup/harmless-leak.c': 'the heap is measured on Linux only',
  },
};

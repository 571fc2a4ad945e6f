// Every check, in the order of the report.
import type { Check } from '../check.ts';
import version from './abi/version.ts';
import batchBadArguments from './batch/bad-arguments.ts';
import equalsSingles from './batch/equals-singles.ts';
import buildTraces from './binary/build-traces.ts';
import foreignExports from './binary/foreign-exports.ts';
import format from './binary/format.ts';
import hardening from './binary/hardening.ts';
import instructionSet from './binary/instruction-set.ts';
import neededLibraries from './binary/needed-libraries.ts';
import optionalExports from './binary/optional-exports.ts';
import platform from './binary/platform.ts';
import previousRelease from './binary/previous-release.ts';
import requiredExports from './binary/required-exports.ts';
import riskyImports from './binary/risky-imports.ts';
import runpath from './binary/runpath.ts';
import selfBinding from './binary/self-binding.ts';
import structLayout from './binary/struct-layout.ts';
import symbolVersions from './binary/symbol-versions.ts';
import configAtomic from './config/atomic.ts';
import configCopiesStrings from './config/copies-strings.ts';
import configDefaults from './config/defaults.ts';
import configFuzz from './config/fuzz.ts';
import configGet from './config/get.ts';
import configLocale from './config/locale.ts';
import configReset from './config/reset.ts';
import configRoundTrip from './config/round-trip.ts';
import imageContent from './determinism/image-content.ts';
import order from './determinism/order.ts';
import processes from './determinism/processes.ts';
import repeat from './determinism/repeat.ts';
import uninitialisedMemory from './determinism/uninitialised-memory.ts';
import errorCodes from './errors/codes.ts';
import message from './errors/message.ts';
import neverNull from './errors/never-null.ts';
import notStale from './errors/not-stale.ts';
import goldenBudget from './golden/budget.ts';
import goldenFresh from './golden/fresh.ts';
import goldenImages from './golden/images.ts';
import field from './host/field.ts';
import alignment from './infer/alignment.ts';
import badFormat from './infer/bad-format.ts';
import badSizes from './infer/bad-sizes.ts';
import badStrides from './infer/bad-strides.ts';
import bounds from './infer/bounds.ts';
import changingSizes from './infer/changing-sizes.ts';
import channelOrder from './infer/channel-order.ts';
import errorLeavesNothing from './infer/error-leaves-nothing.ts';
import formats from './infer/formats.ts';
import fuzz from './infer/fuzz.ts';
import nominal from './infer/nominal.ts';
import nullArguments from './infer/null-arguments.ts';
import readOnlyInput from './infer/read-only-input.ts';
import sizes from './infer/sizes.ts';
import stride from './infer/stride.ts';
import manifest from './info/manifest.ts';
import stable from './info/stable.ts';
import strings from './info/strings.ts';
import vocabulary from './info/vocabulary.ts';
import badConfig from './init/bad-config.ts';
import brokenModel from './init/broken-model.ts';
import copiesStrings from './init/copies-strings.ts';
import missingModel from './init/missing-model.ts';
import initNullArguments from './init/null-arguments.ts';
import oddPaths from './init/odd-paths.ts';
import recovers from './init/recovers.ts';
import callMatrix from './lifecycle/call-matrix.ts';
import callsBeforeInit from './lifecycle/calls-before-init.ts';
import cleanupAnyTime from './lifecycle/cleanup-any-time.ts';
import infoAnyTime from './lifecycle/info-any-time.ts';
import initTwice from './lifecycle/init-twice.ts';
import load from './lifecycle/load.ts';
import loadTime from './lifecycle/load-time.ts';
import manyCycles from './lifecycle/many-cycles.ts';
import processState from './lifecycle/process-state.ts';
import reinit from './lifecycle/reinit.ts';
import threadsEnd from './lifecycle/threads-end.ts';
import twoCopies from './lifecycle/two-copies.ts';
import twoPlugins from './lifecycle/two-plugins.ts';
import callerMemory from './ownership/caller-memory.ts';
import freeOrder from './ownership/free-order.ts';
import freeResult from './ownership/free-result.ts';
import heap from './ownership/heap.ts';
import neverFreed from './ownership/never-freed.ts';
import twoResults from './ownership/two-results.ts';
import layout from './package/layout.ts';
import handles from './resources/handles.ts';
import resourceHeap from './resources/heap.ts';
import allFields from './result/all-fields.ts';
import anomalyMap from './result/anomaly-map.ts';
import boxes from './result/boxes.ts';
import consistentDecision from './result/consistent-decision.ts';
import decision from './result/decision.ts';
import details from './result/details.ts';
import reportedTime from './result/reported-time.ts';
import scores from './result/scores.ts';
import sharedBatch from './result/shared-batch.ts';
import visualization from './result/visualization.ts';
import exits from './robustness/exits.ts';
import hangs from './robustness/hangs.ts';
import longFuzz from './robustness/long-fuzz.ts';
import lowMemory from './robustness/low-memory.ts';
import output from './robustness/output.ts';
import outsideAccess from './robustness/outside-access.ts';
import processExit from './robustness/process-exit.ts';
import concurrentConfig from './threads/concurrent-config.ts';
import concurrentInfer from './threads/concurrent-infer.ts';
import exceptions from './threads/exceptions.ts';
import otherThread from './threads/other-thread.ts';
import firstCall from './warmup/first-call.ts';
import harmless from './warmup/harmless.ts';

/** The registry: adding a check is its file and one line here. */
export const checks: readonly Check[] = [
  ...[
    format,
    platform,
    requiredExports,
    optionalExports,
    foreignExports,
    selfBinding,
    symbolVersions,
    neededLibraries,
    runpath,
    hardening,
    riskyImports,
    instructionSet,
    buildTraces,
    previousRelease,
    structLayout,
  ],
  layout,
  ...[
    load,
    callsBeforeInit,
    cleanupAnyTime,
    reinit,
    loadTime,
    infoAnyTime,
    initTwice,
    processState,
    manyCycles,
    callMatrix,
    threadsEnd,
    twoPlugins,
    twoCopies,
  ],
  ...[stable, vocabulary, strings, manifest],
  ...[missingModel, brokenModel, initNullArguments, badConfig, recovers, copiesStrings, oddPaths],
  ...[nominal, formats, stride, bounds, readOnlyInput, sizes, changingSizes, badSizes, badStrides, nullArguments, badFormat],
  ...[alignment, channelOrder, fuzz, errorLeavesNothing],
  ...[allFields, decision, scores, anomalyMap, boxes, visualization, details, reportedTime, consistentDecision, sharedBatch],
  ...[freeResult, heap, twoResults, freeOrder, neverFreed, callerMemory],
  field,
  ...[configGet, configRoundTrip, configDefaults, configAtomic, configLocale, configCopiesStrings, configReset, configFuzz],
  ...[repeat, processes, uninitialisedMemory, order, imageContent],
  ...[equalsSingles, batchBadArguments],
  ...[harmless, firstCall],
  ...[neverNull, message, notStale, errorCodes],
  ...[otherThread, concurrentInfer, concurrentConfig, exceptions],
  ...[exits, hangs, output, lowMemory, outsideAccess, processExit, longFuzz],
  ...[goldenImages, goldenFresh, goldenBudget],
  version,
  ...[resourceHeap, handles],
];

/** `tsjit/replay`: recorded calls, for tests of models and of tsjit itself. */
export { Comparer, type Comparison } from './verify/compare.ts'
export { type RecordedCall, type RecordedCalls, readRecordedCalls } from './verify/recorded-calls.ts'
export { type CaseResult, type ReplayOptions, replayCase, replayRecorded } from './verify/replay.ts'

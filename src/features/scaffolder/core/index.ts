export { type BuiltinActionDeps, builtinActions, simulatedActions } from './actions/builtinActions';
export { type EntityLookup, lookupIn } from './actions/catalogActions';
export type { Difference, Fixture, FixtureTest, TestFailure } from './fixtures/fixture';
export { FixtureReader, type FixtureValue } from './fixtures/fixtureReader';
export type { GoldenUpdate } from './fixtures/golden';
export { type FixtureReading, readFixture } from './fixtures/readFixture';
export { type FixtureDeps, runFixtureTest, type TestOutcome } from './fixtures/runFixture';
export { type EntityChoice, entityChoices, tagChoices } from './forms/formChoices';
export type * from './forms/formField';
export { emptyForm } from './forms/formField';
export {
  type RequestedSecret,
  requestedSecrets,
  secretNames,
  withoutSecrets,
} from './forms/secrets/secretFields';
export type { FormRequest } from './forms/resolveForm';
export { InstanceForms, isServed, type ServedTemplate } from './instances/instanceForms';
export { loadRunParts } from './instances/loadRunParts';
export type { ValidationError } from './parameters/validate';
export {
  isBranchName,
  PartlyPublishedError,
  type Published,
  publishKind,
  type PublishPlace,
  readRemoteUrl,
} from './publish/publishPlace';
export { type LocationEdit, locationNames, type LocationPlace } from './publish/registration';
export { openPublication } from './publish/openPublication';
export type { Publication, PublicationDeps, PublishChoice } from './publish/publication';
export { type PublishTarget, Rehearsal } from './publish/rehearsal';
export { writePublished } from './publish/writePublished';
export type { MergeRequest } from './rendering/mergeTexts';
export { renderJob } from './rendering/renderJob';
export { TemplateEngine } from './rendering/templateEngine';
export {
  dryRun,
  type DryRunRequest,
  type RecordedRun,
  runTemplate,
  type TemplateRun,
  type TemplateRunDeps,
} from './runTemplate';
export { type RunSettings, ScaffolderEngine, type ScaffolderEngineDeps } from './scaffolderEngine';
export { defaultScaffolderSettings, type ScaffolderSettings } from './scaffolderSettings';
export { isRemote } from './sources/allSources';
export { LocalSources } from './sources/localSources';
export type { RemoteSourcesDeps } from './sources/remoteSources';
export type { SourceFile, TemplateSources } from './sources/templateSources';
export { withoutMissingRepositories } from './tasks/taskRecord';
export { runTask, type TaskDeps, type TaskRequest } from './task/runTask';
export {
  type TaskCheckpoint,
  type TaskLogEntry,
  type TaskResult,
  taskSteps,
} from './task/taskEvents';
export { plainValues } from './tasks/plainValues';
export type { MadeFile, TaskAttempt, TaskSpec } from './tasks/taskSpec';
export { TemplateTasks, type TemplateTasksDeps } from './tasks/templateTasks';
export { findTemplate, type FoundTemplate, readShippedTemplates } from './templates/findTemplate';
export { type ReadTemplate, readTemplates } from './templates/readTemplate';
export { TemplateTests, type TemplateTestsDeps } from './templateTests';
export {
  DEFAULT_LIMITS,
  isSameContent,
  MemoryWorkspace,
  publishedFiles,
  type TaskFile,
} from './workspace/memoryWorkspace';
export { RECORD_PATH } from './writing/recordPath';
export {
  type ReplacedFile,
  replacedFiles,
  writeFiles,
  WriteRefusedError,
} from './writing/writeFiles';

export { type BuiltinActionDeps, builtinActions, simulatedActions } from './actions/builtinActions';
export { type EntityLookup, lookupIn } from './actions/catalogActions';
export type { Fixture, FixtureTest } from './fixtures/fixture';
export { FixtureReader, type FixtureValue } from './fixtures/fixtureReader';
export type { GoldenUpdate } from './fixtures/golden';
export { type FixtureReading, readFixture } from './fixtures/readFixture';
export { type FixtureDeps, runFixtureTest, type TestOutcome } from './fixtures/runFixture';
export type { Difference, TestFailure } from './fixtures/testFailure';
export { type EntityChoice, entityChoices, tagChoices } from './forms/formChoices';
export type * from './forms/formField';
export { emptyForm } from './forms/formField';
export { type RequestedSecret, requestedSecrets } from './forms/secrets/requestedSecrets';
export type { FormRequest } from './forms/resolveForm';
export { secretNames, withoutSecrets } from './forms/secrets/secretFields';
export { InstanceForms, isServed, type ServedTemplate } from './instances/instanceForms';
export { loadRunParts } from './instances/loadRunParts';
export type { ValidationError } from './parameters/validate';
export { isBranchName, readRemoteUrl } from './publish/gitNames';
export { locationNames, type LocationPlace } from './publish/locationEdit';
export { openPublication } from './publish/openPublication';
export type { Publication, PublicationDeps, PublishChoice } from './publish/publication';
export {
  PartlyPublishedError,
  type Published,
  publishKind,
  type PublishPlace,
} from './publish/publishPlace';
export type { LocationEdit } from './publish/registration';
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
export { withoutMissingRepositories } from './task/missingRepositories';
export { runTask, type TaskDeps, type TaskRequest } from './task/runTask';
export type { TaskCheckpoint, TaskLogEntry, TaskResult } from './task/taskEvents';
export { taskSteps } from './task/taskSteps';
export { plainValues } from './tasks/plainValues';
export type { MadeFile, TaskAttempt, TaskSpec } from './tasks/taskSpec';
export { TemplateTasks, type TemplateTasksDeps } from './tasks/templateTasks';
export { findTemplate, type FoundTemplate } from './templates/findTemplate';
export { type ReadTemplate, readTemplates } from './templates/readTemplate';
export { readShippedTemplates } from './templates/shippedTemplates';
export { TemplateTests, type TemplateTestsDeps } from './templateTests';
export { DEFAULT_LIMITS, MemoryWorkspace, type TaskFile } from './workspace/memoryWorkspace';
export { publishedFiles } from './workspace/publishedFiles';
export { isSameContent } from './workspace/sameContent';
export { RECORD_PATH } from './writing/recordPath';
export {
  type ReplacedFile,
  replacedFiles,
  writeFiles,
  WriteRefusedError,
} from './writing/writeFiles';

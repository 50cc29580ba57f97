export type * from './forms/formField';
export { emptyForm } from './forms/formField';
export { type EntityChoice, entityChoices, tagChoices } from './forms/formChoices';
export { type RequestedSecret, requestedSecrets } from './forms/requestedSecrets';
export type { FormRequest } from './forms/resolveForm';
export { builtinActions, type BuiltinActionDeps, simulatedActions } from './actions/builtinActions';
export { type EntityLookup, lookupIn } from './actions/catalogActions';
export { TemplateTests, type TemplateTestsDeps } from './templateTests';
export { type RunSettings, ScaffolderEngine, type ScaffolderEngineDeps } from './scaffolderEngine';
export { InstanceForms, isServed, type ServedTemplate } from './instances/instanceForms';
export { loadRunParts } from './instances/loadRunParts';
export { plainValues } from './tasks/plainValues';
export type { MadeFile, TaskAttempt, TaskSpec } from './tasks/taskSpec';
export { TemplateTasks, type TemplateTasksDeps } from './tasks/templateTasks';
export {
  dryRun,
  type DryRunRequest,
  type RecordedRun,
  runTemplate,
  type TemplateRun,
  type TemplateRunDeps,
} from './runTemplate';
export type { Fixture, FixtureTest } from './fixtures/fixture';
export type { GoldenUpdate } from './fixtures/golden';
export { type FixtureReading, readFixture } from './fixtures/readFixture';
export { type FixtureDeps, runFixtureTest, type TestOutcome } from './fixtures/runFixture';
export type { Difference, TestFailure } from './fixtures/testFailure';
export { defaultScaffolderSettings, type ScaffolderSettings } from './scaffolderSettings';
export type { ValidationError } from './parameters/validate';
export { isBinary } from './rendering/isBinary';
export { renderJob } from './rendering/renderJob';
export { TemplateEngine } from './rendering/templateEngine';
export { LocalSources } from './sources/localSources';
export type { RemoteSourcesDeps } from './sources/remoteSources';
export type { TemplateSources } from './sources/templateSources';
export { readShippedTemplates } from './templates/shippedTemplates';
export { runTask, type TaskDeps, type TaskRequest } from './task/runTask';
export type { TaskCheckpoint, TaskLogEntry, TaskResult } from './task/taskEvents';
export { DEFAULT_LIMITS, MemoryWorkspace, type TaskFile } from './workspace/memoryWorkspace';
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
export { writePublished } from './publish/writePublished';
export { publishedFiles } from './workspace/publishedFiles';
export {
  type ReplacedFile,
  replacedFiles,
  writeFiles,
  WriteRefusedError,
} from './writing/writeFiles';
export { findTemplate, type FoundTemplate } from './templates/findTemplate';
export { type ReadTemplate, readTemplates } from './templates/readTemplate';
export { FixtureReader, type FixtureValue } from './fixtures/fixtureReader';
export { secretNames, withoutSecrets } from './forms/secretFields';
export type { MergeRequest } from './rendering/mergeTexts';
export { isRemote } from './sources/allSources';
export type { SourceFile } from './sources/templateSources';
export { withoutMissingRepositories } from './task/missingRepositories';
export { taskSteps } from './task/taskSteps';
export { RECORD_PATH } from './writing/recordPath';
export { type PublishTarget, Rehearsal } from './publish/rehearsal';
export { isSameContent } from './workspace/sameContent';

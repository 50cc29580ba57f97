export {
  type ActionRegistry,
  combinedActions,
  declaredActions,
  type KnownAction,
  knownActions,
} from './actions/actionRegistry';
export { backstageActions } from './actions/backstageActions';
export { documentedActions, examplesOfAction } from './actions/documentedActions';
export type { ActionExample, JsonSchema } from './actions/generatedAction';
export { type InputIssue, inputIssues } from './checks/inputIssues';
export { stepsOfTakenIds } from './checks/stepIssues';
export {
  type TemplateIssue,
  type TemplateIssueCode,
  withLikelySuggestions,
  withSuggestions,
} from './checks/templateIssue';
export { templateIssues } from './checks/templateIssues';
export {
  backstageFilterNames,
  languageFilterNames,
  templateGlobalNames,
} from './expressions/builtinNames';
export { parseTemplate } from './expressions/parseTemplate';
export type { ScanOptions } from './expressions/scanTemplate';
export type * from './expressions/syntax';
export { type MemberPath, namesIn, type TemplateNames } from './expressions/walk';
export { type FetchSource, fetchSources } from './fetchSources';
export type { FieldPath } from './fieldPath';
export {
  type PropertyDefinition,
  schemaProperties,
  type SchemaProperties,
  type SchemaProperty,
} from './schemaProperties';
export { fetchedPlace } from './skeletons/fetchedPlace';
export {
  type Filling,
  fillingOf,
  fillsIn,
  isAllParameters,
  isToBeFilledIn,
  type PassedNames,
  passedNames,
  stepLabel,
} from './skeletons/fillingSteps';
export { goldenFolders } from './skeletons/goldenFolders';
export { pathBelow } from './skeletons/pathBelow';
export { skeletonFolders } from './skeletons/skeletonFolders';
export { type SkeletonIssue, skeletonIssues } from './skeletons/skeletonIssues';
export { yamlComments } from './skeletons/yamlComments';
export {
  isTemplate,
  TEMPLATE_API_VERSION,
  type TemplateModel,
  templateModel,
  type TemplatePage,
  type TemplateStep,
  type TemplateValue,
} from './templateModel';
export {
  type TemplatePlace,
  type TemplateText,
  templateTextAt,
  templateTexts,
} from './templateTexts';

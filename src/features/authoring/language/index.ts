export type { CatalogEntity, CatalogView, FacetField, ReferencePlace } from './catalogView';
export { entityLensProvider } from './codeLens/entityLensProvider';
export { codeActionProvider } from './codeActions/codeActionProvider';
export { expressionFixProvider } from './codeActions/expressionFixes';
export { completionProvider } from './completion/completionProvider';
export { toDiagnostic } from './diagnostic';
export { YamlText } from './documents/yamlText';
export type { EntitiesElsewhere, EntityElsewhere, FoundElsewhere } from './entitiesElsewhere';
export { entityActions } from './entities/entityActions';
export { incomingCalls, outgoingCalls, prepareCallHierarchy } from './hierarchy/callHierarchy';
export { prepareTypeHierarchy, subtypes, supertypes } from './hierarchy/typeHierarchy';
export { annotationHoverProvider } from './hover/annotationHoverProvider';
export { entityHoverProvider } from './hover/entityHoverProvider';
export { refHintProvider } from './inlayHints/refHintProvider';
export * from './languageProvider';
export { MirrorCatalog } from './mirrorCatalog';
export { navigationProvider } from './navigation/navigationProvider';
export { workspaceSymbols } from './navigation/workspaceSymbols';
export { changeOwner, type OwnerRequest } from './rename/changeOwner';
export { type PreparedRename, prepareRename } from './rename/prepareRename';
export { refactoringPlanOf } from './rename/refactoringPlan';
export {
  moveToNamespace,
  type MoveRequest,
  renameEntity,
  type RenameRequest,
} from './rename/renameEntity';
export {
  type PlannedEdit,
  type PlannedFile,
  type PlanResult,
  type RenamePlan,
  workspaceEditOf,
} from './rename/renamePlan';
export { contributedSchema } from './structure/schemas/contributedSchemas';
export { createStructureProvider } from './structure/structureProvider';
export {
  createStructureService,
  type StructureDeps,
  type StructureService,
} from './structure/service/structureService';
export type { StructureKind } from './structure/schemas/descriptorSchemas';
export type { StructurePart } from './structure/structurePart';
export { structureOfTextProvider } from './structureOfText/structureOfTextProvider';
export { alone, type PlacedPart } from './documents/yamlText';
export {
  workspaceEdit,
  type FileChange,
  editOfPart,
  positionInPart,
} from './codeActions/workspaceEdits';
export { hasDocs } from './entities/entityActions';
export { sortTextOf } from './completion/matching';
export { SUGGEST_NEXT, type OfferedValue, valueItems } from './completion/valueItems';
export { inSnippet } from './completion/yamlScalars';
export {
  cursorAt,
  nodeAt,
  writtenScalar,
  type WrittenScalar,
  type FieldPath,
  cursorIn,
  pairAt,
} from './documents/cursor';
export { readText } from './documents/readText';
export { markdownText } from './entities/markdown';
export { entriesOf } from './completion/paths/folders';
export { type CompletionPlace, completionPlaceAt } from './completion/completionPlace';
export { PartCache } from './documents/partCache';
export { type YamlPart } from './documents/yamlPart';
export { isWanted, type OfferedAction, toCodeAction } from './codeActions/actionSource';
export { suggestionEdit } from './codeActions/fields/useSuggestion';
export { valueAt } from './codeActions/fields/valueAt';
export { innerSpan } from './mentions/mention';
export { completionSiteAt } from './documents/completionSite';

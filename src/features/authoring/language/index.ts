export type { CatalogEntity, CatalogView, ReferencePlace } from './catalogView';
export {
  editAction,
  isWanted,
  type OfferedAction,
  toCodeAction,
  toDiagnostic,
} from './codeActions/actionSource';
export { codeActionProvider } from './codeActions/codeActionProvider';
export { expressionFixProvider } from './codeActions/expressionFixes';
export { suggestionEdit } from './codeActions/fields/useSuggestion';
export { valueAt } from './codeActions/fields/addMissingField';
export {
  editOfPart,
  type FileChange,
  positionInPart,
  workspaceEdit,
} from './codeActions/workspaceEdits';
export { entityLensProvider } from './codeLens/entityLensProvider';
export { type CompletionPlace, completionPlaceAt } from './completion/completionPlace';
export { completionProvider } from './completion/completionProvider';
export { type OfferedValue, sortTextOf, SUGGEST_NEXT, valueItems } from './completion/valueItems';
export { entriesOf } from './completion/paths/folders';
export { filledSnippet, inSnippet } from './completion/yamlScalars';
export { completionSiteAt } from './documents/completionSite';
export {
  cursorAt,
  cursorIn,
  type FieldPath,
  nodeAt,
  pairAt,
  writtenScalar,
  type WrittenScalar,
} from './documents/cursor';
export { PartCache, type YamlPart } from './documents/yamlPart';
export { readText } from './documents/fileText';
export { alone, type PlacedPart, YamlText } from './documents/yamlText';
export { entityActions, hasDocs } from './entities/entityActions';
export { markdownText } from './entities/markdown';
export type { RemoteEntities, RemoteEntity, RemoteEntityList } from './remoteEntities';
export {
  incomingCalls,
  outgoingCalls,
  prepareHierarchy,
  subtypes,
  supertypes,
} from './hierarchy/hierarchies';
export { annotationHoverProvider } from './hover/annotationHoverProvider';
export { entityHoverProvider } from './hover/entityHoverProvider';
export { refHintProvider } from './inlayHints/refHintProvider';
export * from './languageProvider';
export { innerSpan } from './mentions/mention';
export { MirrorCatalog } from './mirrorCatalog';
export { navigationProvider } from './navigation/navigationProvider';
export { workspaceSymbols } from './navigation/workspaceSymbols';
export { changeOwner } from './rename/changeOwner';
export { prepareRename } from './rename/prepareRename';
export {
  type PlanResult,
  refactoringPlanOf,
  type RenamePlan,
  workspaceEditOf,
} from './rename/renamePlan';
export {
  type MoveRequest,
  moveToNamespace,
  renameEntity,
  type RenameRequest,
} from './rename/renameEntity';
export { contributedSchema } from './structure/schemas/contributedSchemas';
export type { StructureKind } from './structure/schemas/descriptorSchemas';
export { StructureService } from './structure/service/structureService';
export { createStructureProvider } from './structure/structureProvider';
export { structureOfTextProvider } from './structureOfText/structureOfTextProvider';

export {
  type Codeowners,
  type CodeownersRule,
  type OwnerSpan,
  ownersOfPath,
  ownerSpans,
  parseCodeowners,
  type PathOwners,
} from './codeowners';
export { type CodeownersFile, codeownersUris, pathFor, readCodeownersFile } from './codeownersFile';
export { chooseOwner, ownerRefOf } from './ownerRefs';
export type { CodeownersDialect } from './pathPattern';

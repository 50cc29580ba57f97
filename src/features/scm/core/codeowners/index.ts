export {
  chooseOwner,
  type Codeowners,
  type CodeownersRule,
  ownerRefOf,
  type OwnerSpan,
  ownersOfPath,
  ownerSpans,
  parseCodeowners,
  type PathOwners,
} from './codeowners';
export { type CodeownersFile, codeownersUris, pathFor, readCodeownersFile } from './codeownersFile';
export type { CodeownersDialect } from './pathPattern';

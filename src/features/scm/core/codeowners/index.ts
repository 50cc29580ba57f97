export { type CodeownersFile, codeownersUris, pathFor, readCodeownersFile } from './codeownersFile';
export { chooseOwner, ownerRefOf } from './ownerRefs';
export { ownersOfPath, type PathOwners } from './ownersOfPath';
export { type OwnerSpan, ownerSpans } from './ownerSpans';
export { type Codeowners, type CodeownersRule, parseCodeowners } from './parseCodeowners';
export type { CodeownersDialect } from './pathPattern';

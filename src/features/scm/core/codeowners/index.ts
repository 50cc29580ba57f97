export {
  chooseOwner,
  type CodeownersFile,
  codeownersUris,
  ownerRefOf,
  ownersOfPath,
  ownerSpans,
  parseCodeowners,
  pathFor,
  readCodeownersFile,
} from './codeowners';
export type { CodeownersDialect } from './pathPattern';

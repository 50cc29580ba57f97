export { type ComposedDocument, composeDocuments } from './composeDocuments';

export { type DraftedFile, draftDocsFiles } from './draftDocsFiles';
export { DOCS_ANNOTATION, docsAnnotationEdit } from './docsAnnotation';

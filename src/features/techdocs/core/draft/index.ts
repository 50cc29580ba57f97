export { DOCS_ANNOTATION, docsAnnotationEdit } from './docsAnnotation';
export { draftDocsFiles, type DraftedFile } from './draftDocsFiles';

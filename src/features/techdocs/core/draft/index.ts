export { DOCS_ANNOTATION, docsAnnotationEdit } from './draftDocsFiles';
export { draftDocsFiles, type DraftedFile } from './draftDocsFiles';

export * from './draftDocsFiles';

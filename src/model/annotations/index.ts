export * from './annotationFormats';
export * from './wellKnownAnnotations';

export * from './annotationFormats';
export * from './refAnnotations';
export * from './wellKnownAnnotations';

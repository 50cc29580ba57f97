export * from '../generated/annotationTexts';
export * from '../generated/refAnnotations';
export * from './annotationFormats';
export * from './wellKnownAnnotations';

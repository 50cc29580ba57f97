export { createSkeletonProvider } from './skeletonProvider';
export { SkeletonUses } from './skeletonUses';
export { createTemplateFixProvider } from './templateFixes';
export { createTemplateProvider, type TemplateProviderDeps } from './templateProvider';

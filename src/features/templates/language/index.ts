export { createSkeletonProvider } from './skeletons/skeletonProvider';
export { SkeletonUses } from './skeletons/skeletonUses';
export { createTemplateFixProvider } from './templateFixes';
export { createTemplateProvider, type TemplateProviderDeps } from './templateProvider';

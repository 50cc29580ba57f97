export type { EntityChoice } from '../forms/formChoices';
export type * from '../forms/formField';
export * from './create/createPage';
export { TaskPages, type TaskPagesDeps } from './task/taskPages';
export type * from './task/taskView';
export * from './template/templateView';
export { type TemplateForms, TemplatePages } from './template/templatePages';
export { groupTemplates } from './create/groupedTemplates';

export type { EntityChoice } from '../forms/formChoices';
export type * from '../forms/formField';
export { TaskPages, type TaskPagesDeps } from './task/taskPages';
export type {
  ReusedTask,
  TaskActionRequest,
  TaskDesk,
  TaskFileRequest,
  TaskLink,
  TaskListView,
  TaskRequest,
  TaskRow,
  TaskText,
  TaskView,
} from './task/taskView';
export {
  type EntityChoicesRequest,
  type ExistingFiles,
  type ForgeChoicesRequest,
  type LaunchChoice,
  type LaunchLocation,
  type LaunchOptions,
  type LaunchOptionsRequest,
  type LaunchParent,
  type LaunchPlace,
  type LaunchTarget,
  type PreviewFile,
  type PreviewStep,
  type TagChoice,
  type TagChoicesRequest,
  type TemplateCreationRequest,
  TemplateDrafts,
  type TemplateFormRequest,
  type TemplatePreview,
  type TemplateRequest,
  type TemplateRunRequest,
  type TemplateView,
} from './template/templateView';
export { type TemplateForms, TemplatePages } from './template/templatePages';

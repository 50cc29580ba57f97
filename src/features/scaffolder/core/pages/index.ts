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
export type {
  ExistingFiles,
  LaunchChoice,
  LaunchLocation,
  LaunchOptions,
  LaunchOptionsRequest,
  LaunchParent,
  LaunchPlace,
  LaunchTarget,
} from './template/launchView';
export { TemplateDrafts } from './template/templateDrafts';
export { type TemplateForms, TemplatePages } from './template/templatePages';
export type {
  EntityChoicesRequest,
  ForgeChoicesRequest,
  PreviewFile,
  PreviewStep,
  TagChoice,
  TagChoicesRequest,
  TemplateCreationRequest,
  TemplateFormRequest,
  TemplatePreview,
  TemplateRequest,
  TemplateRunRequest,
  TemplateView,
} from './template/templateView';

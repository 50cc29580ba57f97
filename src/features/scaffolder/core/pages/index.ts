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
export { TemplateDrafts } from './template/templateDrafts';
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
export { TemplatePages, type TemplateForms } from './template/templatePages';
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

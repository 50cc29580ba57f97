export { fetchesRelativeUrls, withAbsoluteUrls } from './absoluteUrls';
export { InstanceRun } from './instanceRun';
export { templatesOf } from './instanceForms';

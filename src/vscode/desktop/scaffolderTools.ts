export { VsCodeScaffolder } from '../scaffolder/vsCodeScaffolder';
export { openOutput } from './docsTools';

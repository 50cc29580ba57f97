export {
  finishInSlices,
  flatMapInSlices,
  runInSlices,
  TimeSlicer,
  withoutIcons,
  withoutLinks,
} from '../../base';
export * from './nearNames';
export * from './redactor';
export * from './sortInSlices';
export * from './versionedBlob';
export * from './unansweredMessage';

export {
  finishInSlices,
  flatMapInSlices,
  inSlices,
  Slices,
  withoutIcons,
  withoutLinks,
} from '../../base';
export * from './nearNames';
export * from './redactor';
export * from './sortInSlices';
export * from './versionedBlob';
export * from './unansweredMessage';

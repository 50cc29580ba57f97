export { finishInSlices, flatMapInSlices, runInSlices, TimeSlicer } from '../../base';

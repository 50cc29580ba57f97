export * from './catalogDiff';

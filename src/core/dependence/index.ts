export * from './dependence';

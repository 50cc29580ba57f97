export * from './glances';

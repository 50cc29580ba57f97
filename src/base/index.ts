export * from './disposable';
export * from './event';
export * from './logger';
export * from './message';
export * from './result';
export * from './text';
export * from './translate';
export * from './uri';

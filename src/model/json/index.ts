export * from './jsonValue';

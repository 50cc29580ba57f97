export * from './portalParams';

export * from './repoUrl';
export * from './valuePath';

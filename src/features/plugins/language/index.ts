export * from './pluginFileProvider';

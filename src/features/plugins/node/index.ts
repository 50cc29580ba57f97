export * from './servePlugin';

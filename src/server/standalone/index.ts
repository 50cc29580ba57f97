// A separate entry point: it loads the catalog engine, which clients with a catalog don't need.

export { serveOnStdio } from './serveOnStdio';
export type { ProblemSourceDeps, TextProblemSource } from './workspaceCatalog';

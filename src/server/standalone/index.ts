// A door of its own: the engine of the catalog comes with it, which clients with a catalog need not load.

export { serveOnStdio } from './serveOnStdio';
export type { ProblemSourceDeps, TextProblemSource } from './workspaceCatalog';

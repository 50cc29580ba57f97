/**
 * The world as the engines see it. Adapters live in `src/platform/node` (plain Node) and `src/platform/vscode`
 * (the editor). URIs are strings in the canonical spelling of `base/uri.ts`.
 */

export * from './callbacks';
export * from './clock';
export * from './files';
export * from './git';
export * from './gitMirrors';
export * from './http';
export * from './programs';
export * from './stores';
export * from './workers';

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/**
 * A bundled package that can start processes, contact other machines or access files.
 *
 * @typedef {{ name: string, uses: string[] }} LibraryEffects `uses` has modules of Node and globals
 */

const modules =
  /^(?:node:)?(child_process|cluster|worker_threads|https?|http2|net|tls|dgram|dns(?:\/promises)?|fs(?:\/promises)?|vm|inspector|repl)$/;
const globals = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'Worker', 'importScripts'];

/**
 * Finds the bundled packages that can have effects: by the Node modules that their remaining code imports, and the
 * globals that it calls.
 *
 * @param {readonly import('esbuild').Metafile[]} metafiles of the bundles
 * @param {string} root folder of node_modules, which paths of inputs are relative to
 * @returns {LibraryEffects[]}
 */
export function findLibraryEffects(metafiles, root) {
  /** @type {Map<string, Set<string>>} */
  const uses = new Map();
  const seen = new Set();
  for (const metafile of metafiles) {
    for (const output of Object.values(metafile.outputs)) {
      for (const [path, { bytesInOutput }] of Object.entries(output.inputs)) {
        const name = packageOf(path);
        if (name === undefined || bytesInOutput === 0 || seen.has(path)) continue;
        seen.add(path);
        const found = uses.get(name) ?? new Set();
        for (const imported of metafile.inputs[path]?.imports ?? []) {
          const [, module] = (imported.external && modules.exec(imported.path)) || [];
          if (module) found.add(module);
        }
        // Our loaders put a namespace before some paths.
        const file = join(root, path.replace(/^[\w-]+:/, ''));
        for (const called of calledGlobals(file)) found.add(called);
        if (found.size > 0) uses.set(name, found);
      }
    }
  }
  return [...uses]
    .map(([name, found]) => ({ name, uses: [...found].sort() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @param {string} path of an input */
function packageOf(path) {
  return /.*\bnode_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}

/**
 * Returns the globals with effects that a script calls or constructs.
 *
 * @param {string} file
 * @returns {Set<string>}
 */
function calledGlobals(file) {
  const text = readFileSync(file, 'utf8');
  /** @type {Set<string>} */
  const called = new Set();
  if (!/\.[cm]?js$/.test(file) || !globals.some(name => text.includes(name))) return called;
  /** @param {ts.Node} node */
  const visit = node => {
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && isGlobal(node.expression)) {
      called.add(node.expression.getText(source).replace(/^.*\./, ''));
    }
    ts.forEachChild(node, visit);
  };
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  visit(source);
  return called;
}

/** @param {ts.Expression} expression */
function isGlobal(expression) {
  if (ts.isIdentifier(expression)) return globals.includes(expression.text);
  return (
    ts.isPropertyAccessExpression(expression) &&
    globals.includes(expression.name.text) &&
    ts.isIdentifier(expression.expression) &&
    /^(?:globalThis|window|self)$/.test(expression.expression.text)
  );
}

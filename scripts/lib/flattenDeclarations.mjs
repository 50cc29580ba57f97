import ts from 'typescript';
import { StepFailure } from './failure.mjs';

/** @typedef {ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.FunctionDeclaration | ts.ClassDeclaration | ts.EnumDeclaration | ts.VariableStatement} Statement */

/**
 * Puts the exported declarations of a module and their dependencies into one file without imports.
 *
 * @param {string} entry path of the declaration file of the module
 * @param {{ entry: string, specifier: string }} [base] a module whose exports are imported instead, and what it is imported as
 * @returns {{ flat: string, reported: string }} the declarations, by file and then as they stand in it; and those that are
 *   exported, by name, without comments
 */
export function flattenDeclarations(entry, base) {
  const program = ts.createProgram(base ? [entry, base.entry] : [entry], {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts', 'lib.webworker.d.ts'],
    types: [],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new StepFailure(`${entry} is no module.`);
  const exported = new Set(
    checker.getExportsOfModule(module).map(symbol => {
      const target = resolve(symbol, checker);
      if (target.name !== symbol.name) {
        throw new StepFailure(`The API exports ${target.name} as ${symbol.name}: use one name.`);
      }
      return target;
    }),
  );
  const baseFile = base && program.getSourceFile(base.entry);
  const baseModule = baseFile && checker.getSymbolAtLocation(baseFile);
  const others = new Set(
    baseModule && checker.getExportsOfModule(baseModule).map(symbol => resolve(symbol, checker)),
  );
  /** @type {Set<string>} */
  const imported = new Set();
  /** @type {Map<string, ts.Symbol>} */
  const byName = new Map();
  /** @type {Map<Statement, boolean>} whether it is exported */
  const statements = new Map();
  const pending = [...exported];
  for (let symbol = pending.pop(); symbol; symbol = pending.pop()) {
    const other = byName.get(symbol.name);
    if (other === symbol) continue;
    if (others.has(symbol)) {
      imported.add(symbol.name);
      continue;
    }
    if (other) {
      throw new StepFailure(`Two declarations of the API are called ${symbol.name}: rename one.`);
    }
    byName.set(symbol.name, symbol);
    for (const statement of statementsOf(symbol)) {
      statements.set(statement, exported.has(symbol));
      pending.push(...referredTo(statement, checker));
    }
  }
  const files = program.getSourceFiles();
  const sorted = [...statements].sort(
    ([a], [b]) =>
      files.indexOf(a.getSourceFile()) - files.indexOf(b.getSourceFile()) || a.pos - b.pos,
  );
  const names = [...imported].sort().join(', ');
  const flat = [
    ...(base && names ? [`import type { ${names} } from '${base.specifier}';`] : []),
    ...sorted.map(([statement, isExported]) => textOf(statement, isExported)),
  ].join('\n\n');
  const exports = sorted.flatMap(([statement, isExported]) => (isExported ? statement : []));
  const reported = exports
    .map(statement => ({ name: nameOf(statement), text: reportOf(statement) }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map(({ text }) => text)
    .join('\n\n');
  return { flat, reported };
}

/**
 * @param {ts.Symbol} symbol
 * @param {ts.TypeChecker} checker
 */
function resolve(symbol, checker) {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/**
 * @param {ts.Symbol} symbol
 * @returns {Statement[]}
 */
function statementsOf(symbol) {
  return (symbol.declarations ?? []).map(declaration =>
    ts.isVariableDeclaration(declaration)
      ? /** @type {ts.VariableStatement} */ (declaration.parent.parent)
      : /** @type {Statement} */ (declaration),
  );
}

/**
 * Returns the declarations that a statement refers to in other statements, except those of TypeScript's libraries.
 *
 * @param {Statement} statement
 * @param {ts.TypeChecker} checker
 * @returns {ts.Symbol[]}
 */
function referredTo(statement, checker) {
  /** @type {ts.Symbol[]} */
  const symbols = [];
  /** @param {ts.Node} node */
  const visit = node => {
    if (ts.isIdentifier(node)) {
      const found = checker.getSymbolAtLocation(node);
      const target = found && resolve(found, checker);
      if (target && isTopLevel(target)) {
        if (target.name !== node.text) {
          throw new StepFailure(`The API names ${target.name} ${node.text}: use one name.`);
        }
        symbols.push(target);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return symbols;
}

/** @param {ts.Symbol} symbol */
function isTopLevel(symbol) {
  return statementsOf(symbol).some(
    ({ parent }) =>
      parent && ts.isSourceFile(parent) && !/\/typescript\/lib\//.test(parent.fileName),
  );
}

/**
 * @param {Statement} statement
 * @param {boolean} isExported
 */
function textOf(statement, isExported) {
  const comments = ts.getJSDocCommentsAndTags(statement).map(comment => comment.getText());
  // Types inferred by the compiler contain their file.
  const text = statement
    .getText()
    .replace(/^export /, '')
    .replace(/\bimport\("[^"]+"\)\./g, '');
  const isDeclared = /^(declare|interface|type) /.test(text);
  return [...comments, `${isExported ? 'export ' : ''}${isDeclared ? '' : 'declare '}${text}`].join(
    '\n',
  );
}

/** @param {Statement} statement */
function nameOf(statement) {
  if (!ts.isVariableStatement(statement)) return statement.name?.getText() ?? '';
  return statement.declarationList.declarations[0]?.name.getText() ?? '';
}

const printer = ts.createPrinter({ removeComments: true });

/**
 * Returns a declaration without comments, below its tags.
 *
 * @param {Statement} statement
 */
function reportOf(statement) {
  const tags = ts
    .getJSDocTags(statement)
    .map(({ tagName }) => tagName.text)
    .filter(name => name === 'beta' || name === 'deprecated');
  const text = printer
    .printNode(ts.EmitHint.Unspecified, statement, statement.getSourceFile())
    .replace(/^export (?:declare )?/, '')
    .replace(/\bimport\("[^"]+"\)\./g, '')
    .replace(/^ {4}/gm, '  ');
  return [...(tags.length ? tags : ['public']).map(tag => `// @${tag}`), text].join('\n');
}

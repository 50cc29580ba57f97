import { readFileSync } from 'node:fs';
import type { Metafile } from 'esbuild';
import ts from 'typescript';
import { inProject } from '../../scripts/lib/project.mjs';

/** A module that some code imports by `import()`. */
export interface DynamicImport {
  /** The importing file, relative to the project. */
  readonly importer: string;
  /** The specifier as the code has it. */
  readonly specifier: string;
  /** The chunk that has the module, relative to the project; undefined in a bundle that isn't split. */
  readonly chunk: string | undefined;
  /** The names that the code takes from it; undefined where the code hands the whole module on. */
  readonly names: readonly string[] | undefined;
}

/** The `import()`s of our own code in a bundle. */
export function dynamicImports({ inputs, outputs }: Metafile): readonly DynamicImport[] {
  const chunks = new Map(
    Object.entries(outputs).flatMap(([path, { entryPoint }]) =>
      entryPoint === undefined ? [] : [[entryPoint, path] as const],
    ),
  );
  return Object.entries(inputs)
    .filter(([importer]) => /^(src|webview)\/.*\.ts$/.test(importer))
    .flatMap(([importer, { imports }]) => {
      const dynamic = imports.filter(
        ({ kind, external }) => kind === 'dynamic-import' && !external,
      );
      if (!dynamic.length) return [];
      const taken = namesTaken(importer);
      return dynamic.map(({ path, original = path }) => ({
        importer,
        specifier: original,
        chunk: chunks.get(path),
        names: taken.get(original),
      }));
    });
}

/** The names taken from each module that a file imports by `import()`, by specifier. */
function namesTaken(file: string): ReadonlyMap<string, readonly string[] | undefined> {
  const text = readFileSync(inProject(file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = new Map<string, readonly string[] | undefined>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments;
      if (specifier && ts.isStringLiteralLike(specifier)) {
        found.set(specifier.text, namesOf(node));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The names that are taken from one `import()` call, in the forms that can be read off the syntax. */
function namesOf(call: ts.Node): readonly string[] | undefined {
  let node = call.parent;
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'then') {
    const callback = ts.isCallExpression(node.parent) ? node.parent.arguments[0] : undefined;
    const parameter = callback && ts.isArrowFunction(callback) ? callback.parameters[0] : undefined;
    return parameter && namesOfPattern(parameter.name);
  }
  let inner = call;
  while (ts.isAwaitExpression(node) || ts.isParenthesizedExpression(node)) {
    inner = node;
    node = node.parent;
  }
  if (ts.isPropertyAccessExpression(node) && node.expression === inner) return [node.name.text];
  if (ts.isVariableDeclaration(node)) return namesOfPattern(node.name);
  return undefined;
}

function namesOfPattern(pattern: ts.BindingName): readonly string[] | undefined {
  if (!ts.isObjectBindingPattern(pattern)) return undefined;
  return pattern.elements.flatMap(({ propertyName, name }) => {
    const taken = propertyName ?? name;
    return ts.isIdentifier(taken) ? [taken.text] : [];
  });
}

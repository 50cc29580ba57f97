import { readFileSync } from 'node:fs';
import type { Metafile } from 'esbuild';
import ts from 'typescript';
import { inProject } from '../../scripts/lib/project.mjs';

/** An `import()` of a module. */
export interface DynamicImport {
  /** The importing file, relative to the project. */
  readonly importer: string;
  /** The specifier in the code. */
  readonly specifier: string;
  /** The chunk with the module, relative to the project; undefined in a bundle without chunks. */
  readonly chunk: string | undefined;
  /** The imported names; undefined if the code passes the whole module on. */
  readonly names: readonly string[] | undefined;
}

/** Returns the `import()`s of Callboard's code in a bundle. */
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

/** Returns the imported names of each `import()` in a file, by specifier. */
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

/** Returns the imported names of one `import()` call, as far as the syntax shows them. */
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

import { relative } from 'node:path';
import ts from 'typescript';

/**
 * A read of a table with an unknown key. `file` is relative to the root.
 *
 * @typedef {{ file: string, line: number, table: string }} TableRead
 */

/**
 * Finds tables that are read with unknown keys: `TABLE[text]` of an object also returns values of its prototype, such
 * as `constructor`. Such tables must be read with `ownValue` of base, or be Maps.
 *
 * @param {ts.Program} program
 * @param {string} root
 * @param {(file: string) => boolean} isOurs
 * @returns {TableRead[]} in the order of the program's files
 */
export function findTableReads(program, root, isOurs) {
  const checker = program.getTypeChecker();
  /** @type {TableRead[]} */
  const reads = [];
  /** @param {ts.Node} node */
  const visit = node => {
    if (ts.isTypeNode(node)) return;
    if (ts.isElementAccessExpression(node) && isTableRead(node, checker)) {
      const file = node.getSourceFile();
      reads.push({
        file: relative(root, file.fileName).replaceAll('\\', '/'),
        line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1,
        table: node.expression.getText(),
      });
    }
    ts.forEachChild(node, visit);
  };
  for (const file of program.getSourceFiles()) if (isOurs(file.fileName)) visit(file);
  return reads;
}

/** @param {ts.ElementAccessExpression} node @param {ts.TypeChecker} checker */
function isTableRead(node, checker) {
  const { expression, argumentExpression } = node;
  if (!ts.isIdentifier(expression) || isWritten(node)) return false;
  if (!isTable(checker.getSymbolAtLocation(expression)?.declarations?.[0])) return false;
  const table = checker.getTypeAtLocation(expression);
  if (checker.isArrayLikeType(table) || !table.getStringIndexType()) return false;
  return isAnyText(checker.getTypeAtLocation(argumentExpression));
}

/** @param {ts.ElementAccessExpression} node */
function isWritten(node) {
  const { parent } = node;
  if (!ts.isBinaryExpression(parent) || parent.left !== node) return false;
  const { kind } = parent.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/**
 * Whether a name refers to an object literal in the code, in this file or in an imported one.
 *
 * @param {ts.Declaration | undefined} declaration
 */
function isTable(declaration) {
  if (!declaration) return false;
  if (ts.isImportSpecifier(declaration) || ts.isNamespaceImport(declaration)) return true;
  if (!ts.isVariableDeclaration(declaration) || !isConst(declaration)) return false;
  let { initializer } = declaration;
  while (initializer && (ts.isAsExpression(initializer) || ts.isSatisfiesExpression(initializer))) {
    initializer = initializer.expression;
  }
  if (!initializer) return false;
  if (ts.isObjectLiteralExpression(initializer)) {
    return initializer.properties.some(property => !ts.isSpreadAssignment(property));
  }
  return (
    ts.isCallExpression(initializer) && initializer.expression.getText() === 'Object.fromEntries'
  );
}

/** @param {ts.VariableDeclaration} declaration */
const isConst = declaration => (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;

/** Whether a type includes texts that the code doesn't list. @param {ts.Type} type @returns {boolean} */
function isAnyText(type) {
  if (type.isUnion()) return type.types.some(isAnyText);
  return (
    (type.flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral | ts.TypeFlags.Any)) !== 0
  );
}

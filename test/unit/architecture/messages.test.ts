import { readFileSync, readdirSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';

// The editor makes `[label](command:…)` in a message a link that runs the command, and names of
// files, entities and problems are written by anybody.
test('messages of the editor contain no untrusted text that could be a link', () => {
  const files = readdirSync(inProject('src'), { encoding: 'utf8', recursive: true }).filter(
    file => file.endsWith('.ts') && /(?:^|[\\/])vscode[\\/]/.test(file),
  );
  expect(files.length).toBeGreaterThan(50);
  const calls = files.flatMap(file =>
    messageCalls(file, readFileSync(inProject('src', file), 'utf8')),
  );
  expect(calls.length).toBeGreaterThan(10);
  expect(calls.filter(({ isSafe }) => !isSafe).map(({ place }) => place)).toEqual([]);
});

test('progress titles contain no untrusted text that could be a link', () => {
  const files = readdirSync(inProject('src'), { encoding: 'utf8', recursive: true }).filter(
    file => file.endsWith('.ts') && /(?:^|[\\/])vscode[\\/]/.test(file),
  );
  const titles = files.flatMap(file =>
    progressTitles(file, readFileSync(inProject('src', file), 'utf8')),
  );
  expect(titles.length).toBeGreaterThan(2);
  expect(titles.filter(({ isSafe }) => !isSafe).map(({ place }) => place)).toEqual([]);
});

test.each([
  ["withProgress({ location: vscode.ProgressLocation.Window, title: 'x' })", true],
  ['withProgress({ location: ProgressLocation.Window, ...{ title: withoutLinks(x) } })', true],
  ['withProgress({ location: ProgressLocation.Window, title })', false],
  ["withProgress({ location: ProgressLocation.Window, title: vscode.l10n.t('{0}', x) })", false],
])('detects whether a progress title is safe: %s', (code, isSafe) => {
  expect(progressTitles('a.ts', code)).toEqual([{ place: 'a.ts:1', isSafe }]);
});

test.each([
  ["vscode.window.showErrorMessage('x')", true],
  ["window.showErrorMessage(vscode.l10n.t('x {0}', withoutLinks(name)), button)", true],
  ['vscode.window.showWarningMessage(withoutLinks(message))', true],
  ["vscode.window.showErrorMessage(vscode.l10n.t('x {0}', name))", false],
  ['vscode.window.showInformationMessage(message)', false],
  ['vscode.window.showInformationMessage(`x ${name}`)', false],
])('detects whether a message is safe: %s', (code, isSafe) => {
  expect(messageCalls('a.ts', code)).toEqual([{ place: 'a.ts:1', isSafe }]);
});

function messageCalls(file: string, text: string): { place: string; isSafe: boolean }[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const calls: { place: string; isSafe: boolean }[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      /^show(Information|Warning|Error)Message$/.test(nameOf(node))
    ) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      const [message] = node.arguments;
      calls.push({ place: `${file}:${line + 1}`, isSafe: !!message && isSafe(message) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return calls;
}

/** Titles of objects with a progress location. */
function progressTitles(file: string, text: string): { place: string; isSafe: boolean }[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const titles: { place: string; isSafe: boolean }[] = [];
  const read = (node: ts.ObjectLiteralExpression): void => {
    for (const property of node.properties) {
      const { line } = source.getLineAndCharacterOfPosition(property.getStart());
      const place = `${file}:${line + 1}`;
      if (ts.isSpreadAssignment(property) && ts.isObjectLiteralExpression(property.expression)) {
        read(property.expression);
      } else if (property.name?.getText() !== 'title') continue;
      else {
        const isPlain = ts.isPropertyAssignment(property) && isSafe(property.initializer);
        titles.push({ place, isSafe: isPlain });
      }
    }
  };
  const visit = (node: ts.Node): void => {
    const isProgress =
      ts.isObjectLiteralExpression(node) &&
      node.properties.some(property => /ProgressLocation/.test(property.getText()));
    if (isProgress) read(node);
    else ts.forEachChild(node, visit);
  };
  visit(source);
  return titles;
}

function isSafe(message: ts.Expression): boolean {
  if (ts.isStringLiteral(message)) return true;
  if (!ts.isCallExpression(message)) return false;
  const name = nameOf(message);
  return name === 'withoutLinks' || (name === 't' && message.arguments.every(isSafe));
}

function nameOf({ expression }: ts.CallExpression): string {
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : '';
}

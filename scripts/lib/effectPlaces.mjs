import { relative } from 'node:path';
import ts from 'typescript';

/**
 * A file that starts processes, contacts other machines or writes, with the names that it uses for that.
 *
 * @typedef {'process' | 'network' | 'write'} EffectKind
 * @typedef {{ kind: EffectKind, file: string, names: string[] }} EffectPlace `file` is relative to the project
 */

/** Values of modules that cause effects. `*` matches all values except those in `harmless`. */
const ofModules = new Map(
  /** @type {[string, [EffectKind, string[]]][]} */ ([
    ['child_process', ['process', ['*']]],
    ['cluster', ['process', ['*']]],
    ['worker_threads', ['process', ['Worker']]],
    ['simple-git', ['process', ['*']]],
    ['vscode-languageclient/node', ['process', ['LanguageClient']]],
    ...['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns', 'dns/promises', 'undici', 'ws'].map(
      name => /** @type {[string, [EffectKind, string[]]]} */ ([name, ['network', ['*']]]),
    ),
    ...['fs', 'fs/promises'].map(
      name => /** @type {[string, [EffectKind, string[]]]} */ ([name, ['write', writesOfFs()]]),
    ),
  ]),
);
const harmless = new Set(['isIP', 'isIPv4', 'isIPv6', 'rootCertificates']);

/** Members of libraries' declarations that cause effects, by the declaring file. */
const ofDeclarations = new Map(
  /** @type {[string, EffectKind][]} */ ([
    ...['ProcessExecution', 'ShellExecution', 'CustomExecution', 'McpStdioServerDefinition'].map(
      name => /** @type {[string, EffectKind]} */ ([`vscode.${name}`, 'process']),
    ),
    ['window.createTerminal', 'process'],
    ['tasks.executeTask', 'process'],
    ['debug.startDebugging', 'process'],
    ['vscode.McpHttpServerDefinition', 'network'],
    ['env.openExternal', 'network'],
    ['env.asExternalUri', 'network'],
    ['authentication.getSession', 'network'],
    ...['writeFile', 'delete', 'rename', 'copy', 'createDirectory'].map(
      name => /** @type {[string, EffectKind]} */ ([`FileSystem.${name}`, 'write']),
    ),
    ['workspace.applyEdit', 'write'],
    ['workspace.save', 'write'],
    ['workspace.saveAll', 'write'],
    ['RemoteWorkspace.applyEdit', 'write'],
    ['_RemoteWorkspace.applyEdit', 'write'],
    ['TextDocument.save', 'write'],
    ['vscode.WorkspaceEdit', 'write'],
    ['SecretStorage.store', 'write'],
    ['SecretStorage.delete', 'write'],
    ['Memento.update', 'write'],
    ['WorkspaceConfiguration.update', 'write'],
    ['Clipboard.writeText', 'write'],
    ['Storage.setItem', 'write'],
    ['global.fetch', 'network'],
    ['global.WebSocket', 'network'],
    ['global.XMLHttpRequest', 'network'],
    ['global.EventSource', 'network'],
    ['global.open', 'network'],
    ['Navigator.sendBeacon', 'network'],
    ['global.Worker', 'process'],
    ['global.indexedDB', 'write'],
  ]),
);
const namesOfDeclarations = new Set([...ofDeclarations.keys()].map(key => key.split('.')[1]));

/** Ids of commands of VS Code and its extensions that start processes. */
const commands = new Map([['git.clone', 'process']]);

/** @returns {string[]} functions of `node:fs` that change something, in all their forms */
function writesOfFs() {
  const names = [
    'appendFile',
    'chmod',
    'chown',
    'copyFile',
    'cp',
    'createWriteStream',
    'fchmod',
    'fchown',
    'ftruncate',
    'futimes',
    'lchmod',
    'lchown',
    'link',
    'lutimes',
    'mkdir',
    'mkdtemp',
    'open',
    'rename',
    'rm',
    'rmdir',
    'symlink',
    'truncate',
    'unlink',
    'utimes',
    'write',
    'writeFile',
    'writev',
    'promises',
  ];
  return names.flatMap(name => [name, `${name}Sync`]);
}

/**
 * Finds the places of a program that cause effects: its imports, the members of VS Code and the browser that it uses,
 * and the commands that it runs.
 *
 * @param {ts.Program} program
 * @param {string} root
 * @param {(file: string) => boolean} isOurs
 * @returns {EffectPlace[]} by kind and file
 */
export function findEffectPlaces(program, root, isOurs) {
  const checker = program.getTypeChecker();
  /** @type {Map<string, EffectPlace>} */
  const places = new Map();

  /** @param {EffectKind} kind @param {ts.Node} node @param {string} name */
  const add = (kind, node, name) => {
    const file = relative(root, node.getSourceFile().fileName).replaceAll('\\', '/');
    const key = `${kind} ${file}`;
    const place = places.get(key) ?? { kind, file, names: [] };
    if (!place.names.includes(name)) place.names.push(name);
    places.set(key, place);
  };

  /** @param {ts.Node} node @param {string} module @param {readonly string[]} names */
  const takeImport = (node, module, names) => {
    const known = ofModules.get(module.replace(/^node:/, ''));
    if (!known) return;
    const [kind, wanted] = known;
    for (const name of names) {
      const isWanted =
        name === '*' || (wanted.includes('*') ? !harmless.has(name) : wanted.includes(name));
      if (isWanted) add(kind, node, name === '*' ? module : name);
    }
  };

  /** @param {ts.Node} node @param {ts.Symbol | undefined} symbol */
  const takeSymbol = (node, symbol) => {
    const actual =
      symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    for (const declaration of actual?.declarations ?? []) {
      const key = keyOf(declaration);
      const kind = key && ofDeclarations.get(key);
      if (kind) return add(kind, node, key);
    }
  };

  /** @param {ts.Node} node */
  const visit = node => {
    if (ts.isTypeNode(node)) return;
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      const module = node.moduleSpecifier;
      if (module && ts.isStringLiteral(module)) takeImport(node, module.text, importedValues(node));
      return;
    }
    if (ts.isCallExpression(node)) {
      const [first] = node.arguments;
      const isImport =
        node.expression.kind === ts.SyntaxKind.ImportKeyword ||
        (ts.isIdentifier(node.expression) && node.expression.text === 'require');
      if (isImport && first && ts.isStringLiteralLike(first)) takeImport(node, first.text, ['*']);
      if (/(^|\.)executeCommand$/.test(node.expression.getText())) {
        const kind = first && kindOfCommand(checker.getTypeAtLocation(first));
        if (kind) add('process', node, kind);
      }
    }
    if (ts.isIdentifier(node) && namesOfDeclarations.has(node.text)) {
      takeSymbol(node, symbolOf(node, checker));
    }
    if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
      const name = node.argumentExpression.text;
      if (namesOfDeclarations.has(name)) {
        takeSymbol(node, checker.getTypeAtLocation(node.expression).getProperty(name));
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const file of program.getSourceFiles()) if (isOurs(file.fileName)) visit(file);
  return [...places.values()].sort((a, b) => (a.kind + a.file < b.kind + b.file ? -1 : 1));
}

/**
 * Returns the declaration of a symbol: `FileSystem.writeFile` in an interface, `workspace.applyEdit` in a namespace,
 * `vscode.WorkspaceEdit` for a class of VS Code, `global.fetch` for a global.
 *
 * @param {ts.Declaration} declaration
 * @returns {string | undefined} undefined for what is declared by the project itself
 */
function keyOf(declaration) {
  const file = declaration.getSourceFile();
  if (!file.isDeclarationFile || !/[\\/]node_modules[\\/]/.test(file.fileName)) return undefined;
  const named = /** @type {ts.NamedDeclaration} */ (declaration);
  const name = named.name && ts.isIdentifier(named.name) ? named.name.text : undefined;
  /** @type {ts.Node} */
  let parent = declaration.parent;
  while (
    ts.isModuleBlock(parent) ||
    ts.isVariableDeclarationList(parent) ||
    ts.isVariableStatement(parent)
  ) {
    parent = parent.parent;
  }
  if (ts.isSourceFile(parent)) return `global.${name}`;
  if (ts.isModuleDeclaration(parent)) {
    return `${parent.name.text === 'global' ? 'global' : parent.name.text}.${name}`;
  }
  const owner = /** @type {ts.NamedDeclaration} */ (parent).name;
  return owner && ts.isIdentifier(owner) ? `${owner.text}.${name}` : undefined;
}

/** @param {ts.Identifier} node @param {ts.TypeChecker} checker */
function symbolOf(node, checker) {
  const { parent } = node;
  if (ts.isBindingElement(parent) && (parent.propertyName ?? parent.name) === node) {
    return checker.getTypeAtLocation(parent.parent).getProperty(node.text);
  }
  return checker.getSymbolAtLocation(node);
}

/** @param {ts.ImportDeclaration | ts.ExportDeclaration} node */
function importedValues(node) {
  if (ts.isExportDeclaration(node)) {
    if (node.isTypeOnly) return [];
    const { exportClause } = node;
    if (!exportClause || !ts.isNamedExports(exportClause)) return ['*'];
    return exportClause.elements
      .filter(element => !element.isTypeOnly)
      .map(({ name, propertyName }) => (propertyName ?? name).text);
  }
  const { importClause } = node;
  if (!importClause) return ['*'];
  if (importClause.isTypeOnly) return [];
  const { name, namedBindings } = importClause;
  const named =
    namedBindings && ts.isNamedImports(namedBindings)
      ? namedBindings.elements
          .filter(element => !element.isTypeOnly)
          .map(element => (element.propertyName ?? element.name).text)
      : namedBindings
        ? ['*']
        : [];
  return name ? ['*', ...named] : named;
}

/**
 * @param {ts.Type} type of a command's id
 * @returns {string | undefined} what to call the effect; undefined for commands that cause none of their own
 */
function kindOfCommand(type) {
  const types = type.isUnion() ? type.types : [type];
  if (!types.every(each => each.isStringLiteral())) return 'executeCommand';
  return types.map(each => each.value).find(id => commands.has(id));
}

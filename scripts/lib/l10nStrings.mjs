import ts from 'typescript';

/**
 * A string for translators: the text, or the text with comments, by its key in VS Code.
 *
 * @typedef {Record<string, string | { message: string, comment: string[] }>} Strings
 */

/**
 * Collects the texts of all calls of `l10n.t(…)` and `translate(…)`, and the plural forms of `translateCount(count, {
 * one, other })`. Arguments must be known at build time: literals, or values of literal types, such as fields of
 * constant tables.
 *
 * @param {ts.Program} program
 * @param {(fileName: string) => boolean} isOurs
 * @returns {{ strings: Strings, problems: string[] }} problems with file and line
 */
export function extractStrings(program, isOurs) {
  const checker = program.getTypeChecker();
  /** @type {Map<string, Strings[string]>} */
  const strings = new Map();
  /** @type {string[]} */
  const problems = [];

  /** @param {ts.Node} node */
  const reportAt = node => (/** @type {string} */ what) => {
    const file = node.getSourceFile();
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    problems.push(`${file.fileName}:${line + 1}: ${what}`);
  };

  /** @param {ts.CallExpression} call */
  const take = call => {
    const report = reportAt(call);
    const [first, ...rest] = call.arguments;
    if (!first) return report('there is no text.');
    const { messages, comments, given } = ts.isObjectLiteralExpression(first)
      ? partsOfObject(first, checker)
      : { messages: literalsOf(first, checker), comments: [], given: rest };
    if (!messages) return report(`${first.getText()} is not known before it runs.`);
    for (const message of messages) {
      const unmatched = given && unmatchedPlaceholder(message, given);
      if (unmatched) report(`"${message}" and its arguments differ in {${unmatched}}.`);
      const key = comments.length ? `${message}/${comments.join('')}` : message;
      strings.set(key, comments.length ? { message, comment: comments } : message);
    }
  };

  /** @param {ts.CallExpression} call of `translateCount` */
  const takeForms = call => {
    const [count, forms, ...rest] = call.arguments;
    const report = reportAt(call);
    for (const name of ['one', 'other']) {
      const messages = forms && formsOf(forms, name, checker);
      if (!count || !messages) return report(`the form "${name}" is not known before it runs.`);
      for (const message of messages) {
        const values = [count, ...rest].filter(value => value !== undefined);
        // A form may omit the count: "Used once".
        const unmatched = unmatchedPlaceholder(message, values);
        if (unmatched && (unmatched !== '0' || message.includes('{0}'))) {
          report(`"${message}" and its arguments differ in {${unmatched}}.`);
        }
        strings.set(message, message);
      }
    }
  };

  /** @param {ts.Node} node */
  const visit = node => {
    if (ts.isCallExpression(node) && translates(node.expression)) take(node);
    if (ts.isCallExpression(node) && lastName(node.expression) === 'translateCount') {
      takeForms(node);
    }
    ts.forEachChild(node, visit);
  };
  for (const file of program.getSourceFiles()) if (isOurs(file.fileName)) visit(file);
  const sorted = [...strings].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return { strings: Object.fromEntries(sorted), problems };
}

/** @param {ts.Expression} callee */
function translates(callee) {
  const name = lastName(callee);
  if (name === 'translate') return true;
  return (
    name === 't' && ts.isPropertyAccessExpression(callee) && lastName(callee.expression) === 'l10n'
  );
}

/** @param {ts.Expression} expression */
function lastName(expression) {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : undefined;
}

/**
 * @param {ts.ObjectLiteralExpression} object
 * @param {ts.TypeChecker} checker
 */
function partsOfObject(object, checker) {
  const fields = new Map(
    object.properties.flatMap(property =>
      ts.isPropertyAssignment(property) ? [[property.name.getText(), property.initializer]] : [],
    ),
  );
  const message = fields.get('message');
  const comment = fields.get('comment');
  const lines = comment && ts.isArrayLiteralExpression(comment) ? comment.elements : [comment];
  const args = fields.get('args');
  return {
    messages: message && literalsOf(message, checker),
    comments: lines.flatMap(line => (line && literalsOf(line, checker)) ?? []),
    given: !args ? [] : ts.isArrayLiteralExpression(args) ? [...args.elements] : [args],
  };
}

/**
 * Returns the plural forms in an object literal or a field of a constant table.
 *
 * @param {ts.Expression} forms
 * @param {string} name
 * @param {ts.TypeChecker} checker
 */
function formsOf(forms, name, checker) {
  if (ts.isObjectLiteralExpression(forms)) {
    const property = forms.properties.find(({ name: key }) => key?.getText() === name);
    return property && ts.isPropertyAssignment(property)
      ? literalsOf(property.initializer, checker)
      : undefined;
  }
  const type = checker.getTypeAtLocation(forms);
  const values = (type.isUnion() ? type.types : [type]).map(one => {
    const property = one.getProperty(name);
    return property && literalsOfType(checker.getTypeOfSymbol(property));
  });
  return values.some(value => !value) ? undefined : values.flatMap(value => value ?? []);
}

/**
 * Returns the possible values of an expression.
 *
 * @param {ts.Expression} expression
 * @param {ts.TypeChecker} checker
 * @returns {string[] | undefined} undefined where they are not known
 */
function literalsOf(expression, checker) {
  return literalsOfType(checker.getTypeAtLocation(expression));
}

/** @param {ts.Type} type */
function literalsOfType(type) {
  const types = type.isUnion() ? type.types : [type];
  const values = types.flatMap(one => (one.isStringLiteral() ? one.value : []));
  return values.length === types.length ? values : undefined;
}

/**
 * @param {string} message
 * @param {readonly ts.Expression[]} given
 * @returns {string | undefined} a placeholder without an argument, or the other way round
 */
function unmatchedPlaceholder(message, given) {
  const [first] = given;
  // Properties of objects that are created in other places, and of spread objects, are unknown.
  if (given.some(ts.isSpreadElement)) return undefined;
  const wanted = new Set([...message.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name));
  const named = first && ts.isObjectLiteralExpression(first);
  const names = named
    ? first.properties.map(property => property.name?.getText() ?? '')
    : given.map((_, index) => String(index));
  return [...wanted].find(name => !names.includes(name)) ?? names.find(name => !wanted.has(name));
}

/**
 * Compares the `%keys%` of a manifest with its texts.
 *
 * @param {string} manifest the text of package.json
 * @param {Record<string, string>} texts package.nls.json
 * @returns {string[]} problems
 */
export function manifestProblems(manifest, texts) {
  const used = new Set([...manifest.matchAll(/"%([^%"]+)%"/g)].map(([, key = '']) => key));
  return [
    ...[...used].filter(key => !Object.hasOwn(texts, key)).map(key => `there is no "${key}".`),
    ...Object.keys(texts)
      .filter(key => !used.has(key))
      .map(key => `"${key}" is not used.`),
  ].map(problem => `package.nls.json: ${problem}`);
}

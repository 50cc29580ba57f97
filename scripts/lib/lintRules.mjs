// Rules of this repository, for oxlint.

/**
 * Makes a rule that reports syntax.
 *
 * @param {string} message
 * @param {readonly string[]} selectors of syntax trees, as ESLint's
 */
const reports = (message, ...selectors) => ({
  /** @param {any} context */
  create: context =>
    Object.fromEntries(
      selectors.map(selector => [
        selector,
        (/** @type {any} */ node) => context.report({ node, message }),
      ]),
    ),
});

const documentedExport = {
  /** @param {any} context */
  create: context => ({
    /** @param {any} node */
    ExportNamedDeclaration(node) {
      if (!node.declaration) return;
      const [comment] = context.sourceCode.getCommentsBefore(node).slice(-1);
      if (comment?.type === 'Block' && comment.value.startsWith('*')) return;
      context.report({ node, message: 'Say in a doc comment what this is or does.' });
    },
  }),
};

/** An error that nobody looks at is justified in words, so that none is lost by oversight. */
const ignoredError = {
  /** @param {any} context */
  create: context => ({
    /** @param {any} node */
    CatchClause({ param, body }) {
      if (param || context.sourceCode.getCommentsInside(body).length) return;
      context.report({
        node: body,
        message: 'Report the error, or say in a comment why it may be ignored.',
      });
    },
  }),
};

export default {
  meta: { name: 'callboard' },
  rules: {
    'documented-export': documentedExport,
    'ignored-error': ignoredError,
    'named-exports': reports(
      'Named exports only: one thing has one name everywhere.',
      'ExportDefaultDeclaration',
    ),
    'no-interface-prefix': reports(
      'No I prefix: name the interface for what it is.',
      'TSInterfaceDeclaration[id.name=/^I[A-Z][a-z]/]',
    ),
    'no-spread-literals': reports(
      'Write what is in a literal itself instead of spreading it.',
      'ObjectExpression > SpreadElement > ObjectExpression',
      'ArrayExpression > SpreadElement > ArrayExpression',
    ),
    'no-underscore-members': reports(
      'No _ prefix: private members begin with #.',
      'ClassBody > [key.name=/^_/]',
    ),
    // `tooltip.isTrusted = …` is about Markdown, not about the workspace.
    'trust-decisions': reports(
      'Use src/platform/vscode/trust: it decides what an untrusted workspace may set and cause.',
      'MemberExpression[property.name="isTrusted"]:not(AssignmentExpression > .left)',
      'ObjectPattern > Property[key.name="isTrusted"]',
      ...['onDidGrantWorkspaceTrust', 'getConfiguration'].flatMap(name => [
        `MemberExpression[property.name="${name}"]`,
        `ObjectPattern > Property[key.name="${name}"]`,
      ]),
    ),
  },
};

import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const nodeOnly = [
  'process',
  'Buffer',
  'setImmediate',
  'clearImmediate',
  '__dirname',
  '__filename',
  'require',
  'global',
];

/** Parts of `yaml` that read a text, and the whole. */
const yamlReaders = [
  'default',
  'parse',
  'parseDocument',
  'parseAllDocuments',
  'Composer',
  'CST',
  'Lexer',
  'Parser',
];

const restrictedSyntax = [
  {
    selector: 'ExportDefaultDeclaration',
    message: 'Named exports only: one thing has one name everywhere.',
  },
  {
    selector:
      ':matches(ObjectExpression > SpreadElement > ObjectExpression, ArrayExpression > SpreadElement > ArrayExpression)',
    message: 'Write what is in a literal itself instead of spreading it.',
  },
  {
    selector: 'TSInterfaceDeclaration[id.name=/^I[A-Z][a-z]/]',
    message: 'No I prefix: name the interface for what it is.',
  },
];

/** The rule on naming conventions says the same, and takes as long as all other rules together. */
const memberNames = {
  selector: 'ClassBody > :matches([key.name=/^_/], [key.value=/^_/])',
  message: 'No _ prefix: private members begin with #.',
};

/** What decides about untrusted workspaces; `tooltip.isTrusted = …` is another thing. */
const trustDecisions = [
  'MemberExpression[property.name="isTrusted"]:not(AssignmentExpression > .left)',
  'ObjectPattern > Property[key.name="isTrusted"]',
  ...['onDidGrantWorkspaceTrust', 'getConfiguration'].flatMap(name => [
    `MemberExpression[property.name="${name}"]`,
    `ObjectPattern > Property[key.name="${name}"]`,
  ]),
].map(selector => ({
  selector,
  message:
    'Use src/platform/vscode/trust: it decides what an untrusted workspace may set and cause.',
}));

const callboard = {
  rules: {
    /** What plugins and all features use is documented. */
    'documented-export': {
      create: context => ({
        ExportNamedDeclaration(node) {
          if (!node.declaration) return;
          const [comment] = context.sourceCode.getCommentsBefore(node).slice(-1);
          if (comment?.type === 'Block' && comment.value.startsWith('*')) return;
          context.report({ node, message: 'Say in a doc comment what this is or does.' });
        },
      }),
    },
    /** An error that nobody looks at is justified in words, so that none is lost by oversight. */
    'ignored-error': {
      create: context => ({
        CatchClause({ param, body }) {
          if (param || context.sourceCode.getCommentsInside(body).length) return;
          context.report({
            node: body,
            message: 'Report the error, or say in a comment why it may be ignored.',
          });
        },
      }),
    },
  },
};

export default defineConfig(
  globalIgnores([
    'node_modules/',
    'dist/',
    'out/',
    '.host/',
    'demo/',
    'test/fixtures/',
    'test/host/*/workspace/',
    'src/model/generated/',
    'src/features/authoring/language/structure/generated/',
    'src/features/templates/core/actions/generated/',
    'src/features/apis/core/validation/generated/',
    'templates/',
  ]),
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mts'],
    // Rules that need types are those of .oxlintrc.json: the native compiler answers them in a fifth of the time.
    extends: [tseslint.configs.recommended],
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        // `{ left, ...rest }` is how a property is left out.
        { ignoreRestSiblings: true, argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      'no-restricted-syntax': ['error', ...restrictedSyntax],
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { callboard },
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      'callboard/ignored-error': 'error',
      'no-restricted-syntax': ['error', ...restrictedSyntax, memberNames],
    },
  },
  {
    files: ['src/{api,model,platform/core/ports}/**/*.ts'],
    rules: { 'callboard/documented-export': 'error' },
  },
  {
    files: ['src/extension.ts', 'src/**/vscode/**/*.ts'],
    ignores: ['src/platform/vscode/trust/**'],
    rules: {
      'no-restricted-syntax': ['error', ...restrictedSyntax, memberNames, ...trustDecisions],
    },
  },
  {
    files: ['src/cli.ts', 'src/launcher.ts', 'src/**/node/**/*.ts'],
    languageOptions: { globals: globals.node },
  },
  {
    // What others wrote must not reach a terminal as it is: ProcessTerminal escapes it. The root gives it the streams, and
    // the language server speaks its protocol over them.
    files: ['src/**/*.ts'],
    ignores: [
      'src/cli/output/writeAnswer.ts',
      'src/cli/terminal.ts',
      'src/server/standalone/serveOnStdio.ts',
    ],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['stdout', 'stderr'].map(property => ({
          object: 'process',
          property,
          message: 'Write to the Terminal of the command, which escapes control characters.',
        })),
      ],
    },
  },
  {
    // The type check without Node's types finds these too; this says what to do instead.
    files: [
      'src/{base,model,api,platform/core}/**/*.ts',
      'src/features/*/{core,language,plugin,protocol}/**/*.ts',
    ],
    rules: {
      'no-restricted-globals': [
        'error',
        ...nodeOnly.map(name => ({
          name,
          message:
            'This folder runs in any JavaScript host: what it needs comes in through a port.',
        })),
      ],
    },
  },
  {
    // The reader of API definitions knows no core, and has the same limits.
    files: ['src/**/*.ts', 'webview/**/*.ts'],
    ignores: ['src/platform/core/yaml/**', 'src/features/apis/core/document/composeSlices.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'yaml',
              importNames: yamlReaders,
              allowTypeImports: true,
              message:
                'Read YAML by platform/core/yaml, which limits nesting, size and what aliases stand for.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // Callboard loads the default export of a plugin's module.
    files: ['docs/examples/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...restrictedSyntax.slice(1)] },
  },
  {
    // Configuration files of tools that read a default export.
    files: ['**/vitest.config.mts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: { globals: globals.node },
    rules: {
      eqeqeq: 'error',
      'no-unused-vars': [
        'error',
        { ignoreRestSiblings: true, argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
    },
  },
);

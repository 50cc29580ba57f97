import { readFileSync } from 'node:fs';

/** The .vsix of `npm run package`. */
export const vsixPath = ['out', 'callboard.vsix'];

/** Everything that a .vsix may contain. Other files don't ship. */
const allowed = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/package(\.nls(\.[a-z-]+)?)?\.json$/,
  /^extension\/(readme|changelog)\.md$/,
  /^extension\/(LICENSE\.txt|NOTICE|ThirdPartyNotices\.txt)$/,
  /^extension\/dist\/(cli|markdownPreview)\.js$/,
  /^extension\/dist\/(chunks\/)?[\w-]+\.mjs$/,
  /^extension\/dist\/(browser|webview|server)\/([\w-]+\/)*[\w.-]+\.(js|css|ttf|woff2)$/,
  /^extension\/media\/([\w-]+\/)*[\w.-]+\.(svg|png)$/,
  // Schemas of plugins without code.
  /^extension\/media\/schemas\/[\w-]+\.json$/,
  // Images of the readme.
  /^extension\/docs\/images\/[\w-]+\.png$/,
  // Targets of links from problem codes.
  /^extension\/docs\/problems\.md$/,
  /^extension\/l10n\/bundle\.l10n(\.[a-z-]+)?\.json$/,
  /^extension\/templates\/[\w-]+\/(template\.yaml|skeleton\/.+)$/,
];

/** Files that the extension requires. */
const required = [
  'extension.vsixmanifest',
  'extension/package.json',
  'extension/package.nls.json',
  'extension/LICENSE.txt',
  'extension/NOTICE',
  'extension/ThirdPartyNotices.txt',
  'extension/dist/extension.mjs',
  'extension/dist/browser/extension.js',
  'extension/docs/problems.md',
  'extension/l10n/bundle.l10n.json',
  'extension/media/icon.png',
  'extension/media/callboard.svg',
  'extension/templates/typescript-service/template.yaml',
  // Files that vsce would exclude by default.
  'extension/templates/typescript-service/skeleton/.editorconfig',
  'extension/templates/typescript-service/skeleton/.github/workflows/ci.yml',
  'extension/templates/typescript-service/skeleton/package-lock.json',
];

/**
 * @param {string[]} files of a .vsix
 * @returns {string[]} what is wrong with the list, as sentences
 */
export function fileListProblems(files) {
  return [
    ...files
      .filter(file => !allowed.some(pattern => pattern.test(file)))
      .map(file => `${file} does not belong into the package.`),
    ...required.filter(file => !files.includes(file)).map(file => `${file} is missing.`),
  ];
}

/**
 * Replaces links to files of the project, which don't work in a marketplace, with their text. Images stay.
 *
 * @param {string} markdown
 */
export function withoutRelativeLinks(markdown) {
  return markdown.replace(/(?<!!)\[([^\]]*)\]\((?![a-z]+:|#)[^)]*\)/g, '$1');
}

/**
 * Returns the contents of the files in a zip archive, by name.
 *
 * @param {string} path
 * @returns {Promise<Map<string, Buffer>>}
 */
export async function readZip(path) {
  // Not a static import, because it may have been installed just now.
  const { unzipSync } = await import('fflate');
  const files = Object.entries(unzipSync(readFileSync(path)));
  return new Map(files.map(([name, content]) => [name, Buffer.from(content)]));
}

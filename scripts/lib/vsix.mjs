import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

/** The .vsix that `npm run package` makes. */
export const vsixPath = ['out', 'callboard.vsix'];

/** Everything a .vsix may contain: what is not listed here does not ship. */
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
  /^extension\/media\/walkthrough\/[\w-]+\.md$/,
  // What the readme shows.
  /^extension\/docs\/images\/[\w-]+\.png$/,
  // What the codes of problems link to.
  /^extension\/docs\/problems\.md$/,
  /^extension\/l10n\/bundle\.l10n(\.[a-z-]+)?\.json$/,
  /^extension\/templates\/[\w-]+\/(template\.yaml|skeleton\/.+)$/,
];

/** What the extension cannot do without. */
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
  // What vsce would leave out unless it is told otherwise.
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
 * The files of a zip archive, from its central directory.
 *
 * @param {string} path
 * @returns {Map<string, () => Buffer>} names, with a function that reads the content
 */
export function readZip(path) {
  const zip = readFileSync(path);
  // The end record lies in the last 64 kB, behind it only a comment.
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error(`${path} is not a zip archive.`);
  const files = new Map();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const method = zip.readUInt16LE(at + 10);
    const size = zip.readUInt32LE(at + 20);
    const nameLength = zip.readUInt16LE(at + 28);
    const header = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    files.set(name, () => {
      // The name and the extra field of the local header may differ in length from these.
      const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
      const packed = zip.subarray(start, start + size);
      return method === 0 ? packed : inflateRawSync(packed);
    });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

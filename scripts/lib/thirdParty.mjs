import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { workerBuild } from './bundles.mjs';

/**
 * @typedef {object} Package a package of others in the bundles
 * @property {string} name
 * @property {string} version
 * @property {string} [license] SPDX expression of its manifest
 * @property {string} [url] of its source code
 * @property {string} [folder] where it is installed, in this version or another
 * @property {string[]} partOf packages whose published files contain it, where it is not bundled itself
 * @property {boolean} isEmpty whether nothing of it is left in the bundles
 * @property {string[]} comments legal comments in its source
 */

/**
 * Details that a package lacks, or has in another form.
 *
 * @typedef {object} LicenseDetails
 * @property {string} [license] SPDX identifier; of several that are offered, the one that is chosen
 * @property {string} [text] of the license, where none is installed
 * @property {string} [note] what else the license demands
 */

/** Licenses that Callboard may ship under, with their texts. */
const accepted = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC-BY-4.0',
  'EPL-2.0',
  'ISC',
  'MIT',
]);

/**
 * Returns the packages in the bundles of these builds, sorted by name and version.
 *
 * @param {readonly import('esbuild').BuildOptions[]} builds
 * @param {string} root folder of node_modules, which paths of inputs are relative to
 * @returns {Promise<Package[]>}
 */
export async function collectPackages(builds, root) {
  const { inputs, legalTexts } = await bundle(builds);
  const comments = readLegalComments(legalTexts);
  /** @type {Map<string, Package>} */
  const packages = new Map();
  /** @type {{ name: string, version: string, whole: string }[]} */
  const parts = [];
  for (const [input, isLeft] of inputs) {
    const folder = packageFolder(input);
    if (!folder) continue;
    const { name, version, license, repository, homepage } = readManifest(join(root, folder));
    const key = `${name} ${version}`;
    const known = packages.get(key);
    if (known) known.isEmpty &&= !isLeft;
    else {
      packages.set(key, {
        name,
        version,
        license,
        url: repository?.url ?? repository ?? homepage,
        folder: join(root, folder),
        partOf: [],
        isEmpty: !isLeft,
        comments: [...(comments.get(name) ?? [])],
      });
    }
    for (const part of readParts(join(root, input))) parts.push({ ...part, whole: key });
  }
  for (const { name, version, whole } of parts) {
    const key = `${name} ${version}`;
    const known = packages.get(key);
    if (known?.partOf.length === 0 || known?.partOf.includes(whole)) continue;
    if (known) known.partOf.push(whole);
    else {
      const installed = join(root, 'node_modules', name);
      const folder = existsSync(installed) ? installed : undefined;
      const license = folder && readManifest(folder).license;
      const part = {
        name,
        version,
        license,
        folder,
        partOf: [whole],
        isEmpty: false,
        comments: [],
      };
      packages.set(key, part);
    }
  }
  return [...packages.values()].sort((a, b) => {
    const [left, right] = [`${a.name} ${a.version}`, `${b.name} ${b.version}`];
    return left < right ? -1 : 1;
  });
}

/**
 * Bundles, and workers inside bundles.
 *
 * @param {readonly import('esbuild').BuildOptions[]} builds
 */
async function bundle(builds) {
  const { build } = await import('esbuild');
  /** Inputs, and whether an output contains any part of them. @type {Map<string, boolean>} */
  const inputs = new Map();
  const legalTexts = [];
  const waiting = [...builds];
  for (const options of waiting) {
    const { metafile, outputFiles } = await build({
      ...options,
      // Files with legal comments need a path, although nothing is written.
      ...(options.outfile ? {} : { outdir: 'dist' }),
      write: false,
      metafile: true,
      legalComments: 'external',
    });
    const outputs = Object.values(metafile.outputs);
    const left = new Set(outputs.flatMap(output => Object.keys(output.inputs)));
    for (const input of Object.keys(metafile.inputs)) {
      if (input.startsWith('worker:'))
        waiting.push(workerBuild(input.slice('worker:'.length), true));
      // Imports of style sheets may have a query.
      const [path = ''] = input.split('?');
      inputs.set(path, left.has(input) || inputs.get(path) === true);
    }
    for (const { path, text } of outputFiles) {
      if (path.endsWith('.LEGAL.txt')) legalTexts.push(text);
    }
  }
  return { inputs, legalTexts };
}

/**
 * @param {string} input
 * @returns {string | undefined} folder of the package that the file belongs to; undefined for files of
 *   ours, and for those that a plugin has made up
 */
const packageFolder = input =>
  /^[\w-]+:/.test(input) ? undefined : /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];

/** @param {string} folder */
const readManifest = folder => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/**
 * Finds packages inside a published file: bundlers name each module in a comment, and pnpm's folders contain the
 * version.
 *
 * @param {string} file
 * @returns {{ name: string, version: string }[]}
 */
function readParts(file) {
  const text = readFileSync(file, 'utf8');
  if (!text.includes('node_modules/.pnpm/')) return [];
  const paths = text.matchAll(/^[ \t]*\/\/(?:#region)? \S*node_modules\/\.pnpm\/(\S+)$/gm);
  return [...paths].flatMap(([, path = '']) => {
    const [, store = '', name = ''] =
      /^([^/]+)\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
    const version = store.slice(name.length + 1).split(/[_(]/)[0];
    return name && version ? { name, version } : [];
  });
}

/**
 * Returns legal comments by package, from the files that esbuild writes beside its outputs: paths of sources, each with
 * a colon, followed by their indented comment.
 *
 * @param {readonly string[]} texts
 * @returns {Map<string, Set<string>>}
 */
function readLegalComments(texts) {
  /** @type {Map<string, Set<string>>} */
  const comments = new Map();
  /** @type {Set<string>} */
  let names = new Set();
  /** @type {string[]} */
  let lines = [];
  const endBlock = () => {
    const comment = plainText(lines.join('\n'));
    for (const name of comment ? names : []) {
      comments.set(name, (comments.get(name) ?? new Set()).add(comment));
    }
    if (comment) names = new Set();
    lines = [];
  };
  for (const line of texts.flatMap(text => text.split('\n'))) {
    if (line === '' || line.startsWith('  ')) lines.push(line.slice(2));
    else {
      endBlock();
      names.add(/^(?:@[^/]+\/)?[^/]+/.exec(line)?.[0] ?? line);
    }
  }
  endBlock();
  return comments;
}

/**
 * Returns the notices that ship with the bundles.
 *
 * @param {readonly Package[]} packages
 * @param {ReadonlyMap<string, LicenseDetails>} details by name of the package
 * @returns {{ text: string, problems: string[] }} problems as sentences
 */
export function formatNotices(packages, details) {
  /** @type {string[]} */
  const problems = [];
  const sections = packages.map(one => {
    const { license = one.license, text, note } = details.get(one.name) ?? {};
    const title = `${one.name} ${one.version}`;
    if (!license || !accepted.has(license)) {
      problems.push(`${title} has the license ${license ?? '(none)'}, which is not accepted.`);
    }
    const texts = text ? [text] : one.folder ? licenseTexts(one.folder, one.isEmpty) : [];
    if (!texts.length) problems.push(`${title} has no text of its license.`);
    return [
      `${'='.repeat(80)}\n${title}\nLicense: ${license}`,
      ...(one.url ? [`\nSource: ${plainUrl(one.url)}`] : []),
      ...(one.partOf.length ? [`\nPart of: ${one.partOf.join(', ')}`] : []),
      ...(note ? [`\n\n${note}`] : []),
      ...[...texts, ...one.comments].map(part => `\n\n${part}`),
    ].join('');
  });
  const unused = [...details.keys()].filter(name => packages.every(one => one.name !== name));
  problems.push(
    ...unused.map(name => `${name} is not bundled: its license details are not needed.`),
  );
  const heading =
    'Callboard contains the packages below, in its own programs or inside other packages.\n' +
    'NOTICE names what Callboard itself is derived from.\n';
  return { text: `${heading}\n${sections.join('\n\n')}\n`, problems };
}

/**
 * @param {string} folder of a package
 * @param {boolean} isEmpty whether what the package itself contains is of no matter
 */
function licenseTexts(folder, isEmpty) {
  const name = isEmpty
    ? /^licen[cs]e(?!.*\.[cm]?js$)/i
    : /^(licen[cs]e|copying|notice|third-?party-?notices)(?!.*\.[cm]?js$)/i;
  return readdirSync(folder)
    .filter(file => name.test(file))
    .sort()
    .map(file => plainText(readFileSync(join(folder, file), 'utf8')));
}

/** @param {string} text */
export const plainText = text =>
  text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .trim();

/** @param {string} url of a repository, as manifests have it */
const plainUrl = url =>
  url
    .replace(/^git\+/, '')
    .replace(/\.git$/, '')
    .replace(
      /^(?:ssh:\/\/)?git@github\.com[:/]|^git:\/\/github\.com\/|^github:/,
      'https://github.com/',
    )
    .replace(/^[\w-]+\/[\w.-]+$/, 'https://github.com/$&');

import { readdirSync, readFileSync } from 'node:fs';
import { runCommand } from './lib/main.mjs';
import { inProject } from './lib/project.mjs';

// Finds sentences that break the rules in CONTRIBUTING.md ("Words"). cspell checks the spelling.

/** Words that don't begin a comment, because it begins with what the symbol is or does. */
const OPENING =
  /^\s*(?:\/\*\*|\/\/|\* @\w+ \w+ -) (?:What|Of|Those|So that|That|There|Whom?|All that|No more)\b/;

/** Words that have a plainer alternative. */
const BANNED = new Map([
  [/\bmend(?:s|ing)?\b/i, 'fix'],
  [/\b(?:is|are|was|were|be|been) told\b(?!.* apart)/i, 'report, or name the reader'],
  [/\bat hand\b/i, 'cached, available'],
  [/(?<!\bone )\bpass(?:es|ed|ing)? over\b/i, 'skip'],
  [/\bwhoever\b/i, 'name who'],
  [/\bwhom\b/i, 'name who'],
  [/\bso many\b/i, 'the number of'],
  [/\borganisations?\b/i, 'organization'],
  [/\b(?:take|takes|took|taken) up\b(?! to\b)/i, 'apply'],
]);

/** Pages whose sentences have at most {@link MAX_WORDS} words. */
const GUIDES = [
  'README.md',
  'docs/agents.md',
  'docs/api/README.md',
  'docs/author.md',
  'docs/browse.md',
  'docs/ci.md',
  'docs/document.md',
  'docs/editors.md',
  'docs/extending.md',
  'docs/hosts.md',
  'docs/model.md',
  'docs/npm/README.md',
  'docs/problems.md',
  'docs/search.md',
  'docs/sources.md',
  'docs/supply-chain.md',
  'docs/templates.md',
];
const MAX_WORDS = 25;

await runCommand({ usage: 'npm run check -- words', options: {} }, async () => {
  const findings = [
    ...filesBelow(['bench', 'scripts', 'src', 'test', 'webview'], /\.(?:ts|mts|mjs)$/).flatMap(
      findInComments,
    ),
    ...['package.nls.json', 'l10n/bundle.l10n.json'].flatMap(findBanned),
    ...filesBelow(['docs'], /\.md$/)
      .concat('README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md')
      .flatMap(findBanned),
    ...GUIDES.flatMap(findLongSentences),
  ];
  for (const finding of findings) console.error(finding);
  console.log(`${findings.length} sentences to reword`);
  return findings.length ? 1 : 0;
});

/**
 * @param {readonly string[]} folders
 * @param {RegExp} pattern
 */
function filesBelow(folders, pattern) {
  return folders
    .flatMap(folder =>
      readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' }).map(
        name => `${folder}/${name.replaceAll('\\', '/')}`,
      ),
    )
    .filter(path => pattern.test(path) && !/\/(?:fixtures|generated|node_modules)\//.test(path));
}

/** @param {string} path */
function findInComments(path) {
  return linesOf(path).flatMap((line, index) => {
    const [comment] = /(?:^\s*\*|\/\*\*|\/\/ ).*$/.exec(line) ?? [];
    if (comment === undefined) return [];
    const found = OPENING.test(line) ? ['begin with what the symbol is or does'] : banned(comment);
    return found.map(advice => `${path}:${index + 1}: ${line.trim()} (${advice})`);
  });
}

/** @param {string} path */
function findBanned(path) {
  return linesOf(path).flatMap((line, index) => {
    const text = path.endsWith('.json') ? line.replace(/^\s*"(?:[^"\\]|\\.)*":/, '') : line;
    return banned(text.replace(/`[^`]*`/g, '')).map(
      advice => `${path}:${index + 1}: ${line.trim()} (${advice})`,
    );
  });
}

/** @param {string} text */
function banned(text) {
  return Array.from(BANNED, ([pattern, advice]) => (pattern.test(text) ? [advice] : [])).flat();
}

/** @param {string} path */
function findLongSentences(path) {
  const prose = readFileSync(inProject(path), 'utf8')
    .replace(/^```[^]*?^```/gm, '')
    .replace(/^(?:#|\||!\[).*$/gm, '\n');
  return prose
    .split(/\n\s*\n|\n\s*(?:[-*]|\d+\.) /)
    .flatMap(paragraph => paragraph.replace(/\s+/g, ' ').split(/(?<=[.:?!]) /))
    .filter(sentence => sentence.split(' ').length > MAX_WORDS)
    .map(sentence => `${path}: ${sentence.trim()} (at most ${MAX_WORDS} words)`);
}

/** @param {string} path */
function linesOf(path) {
  return readFileSync(inProject(path), 'utf8').split('\n');
}

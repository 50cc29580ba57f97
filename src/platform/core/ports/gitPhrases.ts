/** Sentences of servers that git passes on, which say why it failed. Everything else of theirs is ignored. */
const OF_SERVERS: readonly RegExp[] = [
  /^(?:HTTP Basic: )?Access denied\b/i,
  /^DENIED\b/,
  /^Repository not found\.$/,
  /^The project you were looking for could not be found\b/,
  /^(?:access denied or )?repository not exported\b/,
  /^no such repository\b/,
  /^service not enabled\b/,
  /^upload-pack: not our ref\b/,
];

/** How git begins lines that hold words of the server. */
const SERVER_PREFIXES = ['remote error: ', 'remote:', 'ERROR: '];

/**
 * The parts of git's own messages, each as git begins it, without what others have named: words of servers, addresses
 * and quoted names. Git has to speak English for it (`LC_ALL=C`).
 *
 * `unable to access 'https://…/': SSL certificate problem: …` gives `unable to access`, `SSL certificate problem` and
 * what follows.
 *
 * @param names - addresses and names that were passed to git
 */
export function gitPhrases(
  lines: Iterable<string>,
  names: readonly string[] = [],
): readonly string[] {
  return [...lines].flatMap(line => phrasesOf(line, names));
}

function phrasesOf(line: string, names: readonly string[]): readonly string[] {
  let text = line.trim().replace(/^(?:fatal|error): /, '');
  const prefix = SERVER_PREFIXES.find(candidate => text.startsWith(candidate));
  if (prefix !== undefined) {
    const words = text.slice(prefix.length).trim();
    return OF_SERVERS.some(known => known.test(words)) ? [words] : [];
  }
  for (const name of names) if (name !== '') text = text.replaceAll(name, '');
  return text
    .split(/\s+/)
    .map(word => (word.includes('://') ? addressEnd(word) : word))
    .join(' ')
    .replace('The requested URL returned error: ', 'The requested URL returned error ')
    .replace(/(?<![^\s(])'[^']*'(?![^\s:;,.)])/g, "''")
    .split(/[:;] /)
    .map(phrase => phrase.trim().replace(/^(?:HTTP \d+ )?(?:curl \d+ )?/, ''))
    .filter(phrase => phrase !== '' && phrase !== "''");
}

/** Returns the text that replaces an address: its closing sign, or empty quotes. */
function addressEnd(word: string): string {
  return word.endsWith(':') || word.endsWith(';') ? word.slice(-1) : "''";
}

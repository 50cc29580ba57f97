import names from './pygmentsLanguages.json';

const known = new Set(names.split(' '));

/** The name of a language as Pygments has it; text is what it does not know. */
export function lexerName(language: string): string {
  return known.has(language.toLowerCase()) ? language : 'text';
}

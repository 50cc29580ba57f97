import type { LanguageFn } from 'highlight.js';
import core from 'highlight.js/lib/core';
import { ownValue } from '../../../../../base';
import type { HighlightCode } from './codeBlock';

type Load = () => Promise<{ readonly default: LanguageFn }>;

/** By highlight.js' name. Languages are loaded on demand. */
const languages: Readonly<Record<string, Load>> = {
  bash: () => import('highlight.js/lib/languages/bash'),
  c: () => import('highlight.js/lib/languages/c'),
  cpp: () => import('highlight.js/lib/languages/cpp'),
  csharp: () => import('highlight.js/lib/languages/csharp'),
  css: () => import('highlight.js/lib/languages/css'),
  diff: () => import('highlight.js/lib/languages/diff'),
  dockerfile: () => import('highlight.js/lib/languages/dockerfile'),
  go: () => import('highlight.js/lib/languages/go'),
  graphql: () => import('highlight.js/lib/languages/graphql'),
  groovy: () => import('highlight.js/lib/languages/groovy'),
  http: () => import('highlight.js/lib/languages/http'),
  ini: () => import('highlight.js/lib/languages/ini'),
  java: () => import('highlight.js/lib/languages/java'),
  javascript: () => import('highlight.js/lib/languages/javascript'),
  json: () => import('highlight.js/lib/languages/json'),
  kotlin: () => import('highlight.js/lib/languages/kotlin'),
  lua: () => import('highlight.js/lib/languages/lua'),
  makefile: () => import('highlight.js/lib/languages/makefile'),
  markdown: () => import('highlight.js/lib/languages/markdown'),
  nginx: () => import('highlight.js/lib/languages/nginx'),
  perl: () => import('highlight.js/lib/languages/perl'),
  php: () => import('highlight.js/lib/languages/php'),
  powershell: () => import('highlight.js/lib/languages/powershell'),
  protobuf: () => import('highlight.js/lib/languages/protobuf'),
  python: () => import('highlight.js/lib/languages/python'),
  ruby: () => import('highlight.js/lib/languages/ruby'),
  rust: () => import('highlight.js/lib/languages/rust'),
  scala: () => import('highlight.js/lib/languages/scala'),
  shell: () => import('highlight.js/lib/languages/shell'),
  sql: () => import('highlight.js/lib/languages/sql'),
  swift: () => import('highlight.js/lib/languages/swift'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
  xml: () => import('highlight.js/lib/languages/xml'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
};

/** Pygments' names. */
const aliases: Readonly<Record<string, string>> = {
  'c#': 'csharp',
  'c++': 'cpp',
  console: 'shell',
  cs: 'csharp',
  docker: 'dockerfile',
  golang: 'go',
  html: 'xml',
  js: 'javascript',
  json5: 'json',
  jsonc: 'json',
  jsx: 'javascript',
  kt: 'kotlin',
  make: 'makefile',
  md: 'markdown',
  node: 'javascript',
  patch: 'diff',
  posh: 'powershell',
  properties: 'ini',
  proto: 'protobuf',
  ps1: 'powershell',
  py: 'python',
  python3: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  'shell-session': 'shell',
  svg: 'xml',
  toml: 'ini',
  ts: 'typescript',
  tsx: 'typescript',
  yml: 'yaml',
  zsh: 'bash',
};

/** In characters. Longer code isn't highlighted. */
const maxLength = 200_000;

function nameOf(language: string): string | undefined {
  const written = language.toLowerCase();
  const name = ownValue(aliases, written) ?? written;
  return Object.hasOwn(languages, name) ? name : undefined;
}

/**
 * Loads highlight.js with its grammars for some languages. Classes are highlight.js'
 * (`hljs-keyword`), not Pygments'.
 *
 * @param wanted - languages as named in pages
 */
export async function loadHighlighter(wanted: Iterable<string>): Promise<HighlightCode> {
  const highlighter = core.newInstance();
  const names = new Set([...wanted].flatMap(language => nameOf(language) ?? []));
  await Promise.all(
    [...names].map(async name => {
      const load = ownValue(languages, name);
      if (load) highlighter.registerLanguage(name, (await load()).default);
    }),
  );
  return (code, language) => {
    const name = nameOf(language);
    if (name === undefined || code.length > maxLength || !highlighter.getLanguage(name)) {
      return undefined;
    }
    return highlighter.highlight(code, { language: name, ignoreIllegals: true }).value;
  };
}

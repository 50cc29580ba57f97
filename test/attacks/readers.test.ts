import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';
import { exceptions } from './exceptions';
import { families } from './families';
import { readers } from './readers';

vi.mock('vscode', () => ({ l10n: { t: (message: string) => message } }));

/**
 * Signs that source code parses or matches a text, or receives a message. Text after `//` or in a comment
 * doesn't count.
 */
const MARKS: readonly RegExp[] = [
  /\bJSON\.parse\(/,
  /\bparsedJson\(/,
  /\b(composeDocuments|parseYaml|parseYamlDocuments|parseDocument|lexYaml)\(/,
  /new RegExp\((?!['`])/,
  /\bcompilePattern\(/,
  /\bfrom '(yaml|jsonc-parser|smol-toml|graphql|htmlparser2|markdown-it|nunjitsu|mustache)[/']/,
  /\bfrom '(modern-tar|fflate|eventsource-parser|picomatch|ignore|jsonschema|ajv|oauth4webapi)[/']/,
  /\bfrom '(@apidevtools\/json-schema-ref-parser|yaml-language-server|dompurify|mermaid)[/']/,
  /\b(onDidReceiveMessage|onRequest|onNotification)\(/,
  /addEventListener\('message'/,
  /\bhandleUri\b/,
  /\bcreateServer\(/,
  /(?:await|return|=>) fetch\(/,
];

function parsingFiles(): readonly string[] {
  return ['src', 'webview'].flatMap(folder =>
    readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' })
      .map(name => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter(
        path => path.endsWith('.ts') && !path.endsWith('.d.ts') && !path.includes('/generated/'),
      )
      .filter(path => {
        const code = readFileSync(join(inProject(), path), 'utf8').replace(
          /^\s*(\/\*)?\*.*$|\/\/.*$/gm,
          '',
        );
        return MARKS.some(mark =>
          code.split('\n').some(line => mark.test(line) && !/^import type/.test(line)),
        );
      }),
  );
}

const covers = (source: string, path: string): boolean =>
  source.endsWith('/') ? path.startsWith(source) : path === source;

describe('table of readers', () => {
  const parsing = parsingFiles();
  const sources = readers.flatMap(reader => reader.sources);
  const reasons = Object.keys(exceptions);

  it('has a row or an exception with a reason for each parsing file', () => {
    expect(parsing.length).toBeGreaterThan(100);
    const missing = parsing.filter(
      path => ![...sources, ...reasons].some(source => covers(source, path)),
    );
    expect(missing.join('\n')).toBe('');
  });

  it('names only existing files, and excepts only parsing files', () => {
    const all = ['src', 'webview'].flatMap(folder =>
      readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' }).map(
        name => `${folder}/${name.replaceAll('\\', '/')}`,
      ),
    );
    expect(sources.filter(source => !all.some(path => covers(source, path)))).toEqual([]);
    expect(reasons.filter(source => !parsing.some(path => covers(source, path)))).toEqual([]);
  });

  it('has unique names, and each reader is attacked by all families of its format', () => {
    const names = readers.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const spared = readers.filter(
      reader =>
        families.filter(family => family.fits(reader)).length <
        (reader.format === 'archive' ? 1 : 8),
    );
    expect(spared.map(({ name }) => name)).toEqual([]);
  });
});

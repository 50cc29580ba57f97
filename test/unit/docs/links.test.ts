import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';

const read = (path: string): string => readFileSync(inProject(path), 'utf8');
const pages = [
  ...readdirSync(inProject()),
  ...readdirSync(inProject('docs'), { recursive: true, encoding: 'utf8' }).map(path =>
    join('docs', path),
  ),
].filter(path => path.endsWith('.md'));

it.each(pages)('%s links to existing files and headings', page => {
  const targets = [...prose(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
  const dead = targets
    .filter(target => !/^[a-z]+:/.test(target))
    .filter(target => {
      const [file = '', heading] = target.split('#');
      const path = file === '' ? page : normalize(join(dirname(page), file));
      if (!existsSync(inProject(path))) return true;
      return heading !== undefined && !headingsOf(read(path)).includes(heading);
    });
  expect(dead).toEqual([]);
});

it('CONTRIBUTING.md names existing example files', () => {
  const table = read('CONTRIBUTING.md')
    .split('\n')
    .filter(line => line.startsWith('| '));
  const paths = table.flatMap(row =>
    [...row.matchAll(/`((?:src|test|docs|bench)\/[^`]+)`/g)].map(([, path]) => path!),
  );
  expect(paths).not.toEqual([]);
  expect(paths.filter(path => !existsSync(inProject(path)))).toEqual([]);
});

it('ARCHITECTURE.md maps existing folders and files', () => {
  const [, map = ''] = read('ARCHITECTURE.md').split('| Folder of `src`');
  const rows = [...map.matchAll(/^\| (`[^|]+`) +\|.*\| (.*?) *\|$/gm)];
  const paths = rows.flatMap(([, folders = '', starts = '']) => {
    const named = codeIn(folders);
    return [...named, ...codeIn(starts).map(file => join(named[0]!, file))];
  });
  expect(paths).toContain('model/relations/relations.ts');
  expect(paths.filter(path => !existsSync(inProject('src', path)))).toEqual([]);
  const features = readdirSync(inProject('src/features')).map(name => `features/${name}`);
  expect(features.filter(folder => !paths.includes(folder))).toEqual([]);
});

it.each(pages)('%s names commands by their titles', page => {
  const titles = new Set(
    Object.entries(JSON.parse(read('package.nls.json')) as Record<string, string>)
      .filter(([key]) => key.startsWith('commands.'))
      .map(([, title]) => title),
  );
  const commands = [...read(page).matchAll(/\*\*Callboard: ([^*]+)\*\*/g)].map(([, title = '']) =>
    title.replace(/\s+/g, ' '),
  );
  expect(commands.filter(title => !titles.has(title))).toEqual([]);
});

it('README.md is short', () => {
  const words = read('README.md').split(/\s+/);
  expect(words.length).toBeLessThan(800);
});

function codeIn(markdown: string): readonly string[] {
  return [...markdown.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);
}

/** Removes code, which contains no links. */
function prose(markdown: string): string {
  return markdown.replace(/^```[^]*?^```/gm, '').replace(/`[^`\n]*`/g, '``');
}

/** The fragments that GitHub and VS Code give to headings. */
function headingsOf(markdown: string): readonly string[] {
  return [...markdown.replace(/^```[^]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, text = '']) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

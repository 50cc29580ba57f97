import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { writeFiles } from '../../support/folders';
import { PluginFolder } from '../../support/packedPlugin';

const page = readFileSync(inProject('docs/extending.md'), 'utf8');
const tutorial = page.slice(page.indexOf('## A plugin in ten minutes'), page.indexOf('## Without'));

/** Code blocks of the tutorial, in order, with the words after their language. */
const blocks = [...tutorial.matchAll(/^ {3}```(\w+)(?: (\S+))?\n([^]*?)^ {3}```$/gm)].map(
  ([, language = '', info = '', content = '']) => ({
    language,
    info,
    text: content.replace(/^ {3}/gm, ''),
  }),
);

/** Does what a block says. Returns the output of its commands. */
async function follow(
  { language, info, text }: (typeof blocks)[number],
  folder: PluginFolder,
): Promise<string> {
  const [, file] = /^file=(.+)$/.exec(info) ?? [];
  if (file !== undefined) writeFiles(folder.path, { [file]: text });
  if (language !== 'sh' || info === 'skip') return '';
  let output = '';
  for (const line of text.trim().split('\n')) {
    const [command = '', ...args] = line.split(' ');
    // The registry is the packed files here.
    if (line.startsWith('npm install')) await folder.install();
    else output += await folder.run(command, args, { accept: [0, 1] });
  }
  return output;
}

it('leads from an empty folder to a packed plugin', async () => {
  const folder = await PluginFolder.create();
  let output = '';
  for (const block of blocks) output += await follow(block, folder);
  expect(output).toContain('pass 1');
  expect(output).toContain('shop has no description');
  expect(output).toContain('No problems in the manifest');
  expect(existsSync(join(folder.path, 'descriptions.vsix'))).toBe(true);
});

it('is short', () => {
  expect(page.split(/\s+/).length).toBeLessThan(2_500);
});

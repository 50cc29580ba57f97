import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const manifest = readFileSync(join(root, 'package.json'), 'utf8');
const strings = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as object;

it('has every string of the manifest in package.nls.json, and no unused one', () => {
  const used = [...manifest.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
  expect([...new Set(used)].sort()).toEqual(Object.keys(strings).sort());
});

it('offers only registered commands in the palette', () => {
  const { contributes } = JSON.parse(manifest) as {
    contributes: { commands: { command: string }[] };
  };
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => readFileSync(join(root, 'src', name), 'utf8'));
  const missing = contributes.commands
    .map(({ command }) => command)
    .filter(command => !sources.some(source => source.includes(`'${command}'`)));
  expect(missing).toEqual([]);
});

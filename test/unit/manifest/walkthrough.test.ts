import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import manifest from '../../../package.json';

const [{ steps } = { steps: [] }] = manifest.contributes.walkthroughs;
const commands = manifest.contributes.commands.map(({ command }) => command);

it.each(steps)('the picture of the step $id uses theme colors', ({ media }) => {
  const svg = readFileSync(new URL(`../../../${media.svg}`, import.meta.url), 'utf8');
  const colors = [...svg.matchAll(/\b(?:fill|stroke)="([^"]*)"/g)].map(([, color = '']) => color);
  expect(colors.filter(color => color !== 'none' && !color.startsWith('var(--vscode-'))).toEqual(
    [],
  );
  expect(svg).toContain('<title>');
});

it.each(steps)('the step $id is completed by its own commands', ({ completionEvents }) => {
  expect(completionEvents).not.toEqual([]);
  const own = completionEvents.flatMap(
    event => /^onCommand:(callboard\..*)$/.exec(event)?.[1] ?? [],
  );
  expect(commands).toEqual(expect.arrayContaining(own));
});

import { expect, it } from 'vitest';
import { linksOf } from '../../../../../../src/features/scaffolder/vscode/runs/taskLinks';

const titlesOf = (...titles: readonly string[]): readonly string[] =>
  linksOf({ links: titles.map(title => ({ title, url: 'https://a.test/' })) }).map(
    ({ title }) => title,
  );

it('returns buttons with one-line titles of limited length', () => {
  const [long = '', other] = titlesOf('x'.repeat(100_000), ' Open\n\n the \u202erepository ');
  expect(long).toBe(`${'x'.repeat(60)}…`);
  expect(other).toBe('Open the repository');
});

it('skips links without a visible title', () => {
  expect(titlesOf('', ' \u200b\n', 'Open')).toEqual(['Open']);
});

import { expect, it } from 'vitest';
import { english } from '../../../../../src/base';
import { freeColor, questionsOf, settingOf } from '../../../../../src/features/sources/plugin';
import { aSource } from '../../../../support/sourceInfo';

const translate = english;

it('asks first for what there is no source without', () => {
  const types = ['git', 'url', 'github', 'gitlab', 'backstage'] as const;
  const asked = types.map(type =>
    questionsOf(type, translate).map(({ field, isRequired }) => (isRequired ? `${field}!` : field)),
  );
  expect(asked).toEqual([
    ['url!', 'branch', 'paths', 'name'],
    ['url!', 'name'],
    ['org!', 'host', 'filter', 'name'],
    ['org!', 'host', 'filter', 'name'],
    ['url!', 'filter', 'name'],
  ]);
});

it('leaves out of the setting what was not answered', () => {
  const answers = {
    url: ' https://git.example/a.git ',
    branch: '',
    paths: 'a.yaml, teams/** ,',
    name: ' ',
  };
  expect(settingOf('git', answers, { translate })).toEqual({
    type: 'git',
    url: 'https://git.example/a.git',
    paths: ['a.yaml', 'teams/**'],
  });
});

it('writes which kinds may come where that was said', () => {
  expect(
    settingOf('url', { url: 'https://a.example/x.yaml' }, { allow: ['*'], translate }),
  ).toEqual({
    type: 'url',
    url: 'https://a.example/x.yaml',
    allow: ['*'],
  });
});

it('gives each source a color of its own while there are some', () => {
  const colored = (...colors: string[]) => colors.map(color => aSource({ color }));
  expect(freeColor([])).toBe('blue');
  expect(freeColor(colored('charts.blue', 'charts.green'))).toBe('purple');
  const all = ['blue', 'purple', 'green', 'orange', 'yellow', 'red'].map(name => `charts.${name}`);
  expect(freeColor(colored(...all))).toBeUndefined();
});

import { expect, it } from 'vitest';
import { english } from '../../../../../src/base';
import { freeColor, questionsOf, settingOf } from '../../../../../src/features/sources/plugin';
import { aSource } from '../../../../support/sourceInfo';

const translate = english;

it('asks required questions first', () => {
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

it('omits unanswered questions from the setting', () => {
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

it('writes allowed kinds if they were chosen', () => {
  expect(
    settingOf('url', { url: 'https://a.example/x.yaml' }, { allow: ['*'], translate }),
  ).toEqual({
    type: 'url',
    url: 'https://a.example/x.yaml',
    allow: ['*'],
  });
});

it('assigns an unused color while there is one', () => {
  const colored = (...colors: string[]) => colors.map(color => aSource({ color }));
  expect(freeColor([])).toBe('blue');
  expect(freeColor(colored('charts.blue', 'charts.green'))).toBe('purple');
  const all = ['blue', 'purple', 'green', 'orange', 'yellow', 'red'].map(name => `charts.${name}`);
  expect(freeColor(colored(...all))).toBeUndefined();
});

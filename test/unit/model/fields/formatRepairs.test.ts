import { describe, expect, it } from 'vitest';
import {
  repairedName,
  repairedNamespace,
  repairedTag,
  repairedUrl,
} from '../../../../src/model/fields/formatRepairs';

describe('format repairs', () => {
  it.each([
    [repairedTag, 'IoT', ['iot']],
    [repairedTag, ' Machine Learning ', ['machine-learning']],
    [repairedTag, 'C++_17', ['c++-17']],
    [repairedTag, 'Küche', ['kuche']],
    [repairedTag, '-a--b-', ['a-b']],
    [repairedTag, '漢字', []],
    [repairedTag, '', []],
    [repairedTag, 'A'.repeat(70), ['a'.repeat(63)]],
    [repairedTag, 'A'.repeat(1000), []],
    [repairedName, 'My Shop!', ['My-Shop']],
    [repairedName, 'shop/api', ['shop-api']],
    [repairedName, '.a', ['a']],
    [repairedName, '---', []],
    [repairedNamespace, 'Team_A', ['team-a']],
    [repairedUrl, 'www.example.com/docs', ['https://www.example.com/docs']],
    [repairedUrl, './docs', []],
    [repairedUrl, 'some text', []],
  ])('%# %s', (repair, text, expected) => {
    expect(repair(text)).toEqual(expected);
  });
});

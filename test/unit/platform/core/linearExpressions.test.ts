import { expect, it } from 'vitest';
import { parseUri } from '../../../../src/base';
import { readDescriptorHead } from '../../../../src/features/authoring/core/schemas';
import { completionSiteAt } from '../../../../src/features/authoring/language/documents/completionSite';
import { YamlText } from '../../../../src/features/authoring/language/documents/yamlText';
import { parseCodeowners } from '../../../../src/features/scm/core/codeowners';
import { parseTemplate } from '../../../../src/features/templates/core';
import { growth, LINEAR } from '../../../support/growth';

/* Expressions on texts that others wrote, which took the square of their length. */

const attempt = (run: () => unknown): void => {
  try {
    run();
  } catch {
    // It is rejected, as fast as valid input is accepted.
  }
};

it.each<[string, (size: number) => unknown, number]>([
  [
    'an address with a line break',
    size => attempt(() => parseUri(`a://${'x'.repeat(size)}/\n`)),
    10_000,
  ],
  ['an owner of dots', size => parseCodeowners(`* a@${'.'.repeat(size)}@\n`, 'github'), 10_000],
  ['a key of blanks', size => readDescriptorHead(`a${' '.repeat(size)}b`), 10_000],
  ['a kind with blanks', size => readDescriptorHead(`kind: a${' '.repeat(size)}b`), 10_000],
  [
    'a value in brackets',
    size => {
      const text = `a: [${'x'.repeat(size)}`;
      return completionSiteAt(
        new YamlText({ uri: 'file:///a.yaml', version: 1, text }),
        text.length,
      );
    },
    10_000,
  ],
  [
    'an entry in braces',
    size => {
      const text = `a: {${'x '.repeat(size)}`;
      return completionSiteAt(
        new YamlText({ uri: 'file:///a.yaml', version: 1, text }),
        text.length,
      );
    },
    5000,
  ],
  ['expressions that begin in each other', size => parseTemplate(`${'${{ '.repeat(size)}}}`), 5000],
  [
    'unclosed expressions with ends of other ones',
    size => parseTemplate('${{ } '.repeat(size)),
    5000,
  ],
  ['an unclosed string in each expression', size => parseTemplate('${{ "\\'.repeat(size)), 5000],
])('%s takes linear time', async (_, run, size) => {
  expect(await growth(run, size)).toBeLessThan(LINEAR);
});

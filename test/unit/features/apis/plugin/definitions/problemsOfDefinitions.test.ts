import { expect, it, vi } from 'vitest';
import { english } from '../../../../../../src/base';
import { problemsOfDefinitions } from '../../../../../../src/features/apis/plugin';
import { aDescriptor, documents } from '../../../../../support/descriptors';
import { broken, DefinitionsInFiles, drawnProblem } from '../editors';

it('reads each file once for all its APIs', async () => {
  const inText = { type: 'openapi', definition: broken };
  const { catalog, files } = await DefinitionsInFiles.of({
    'a.yaml': documents(aDescriptor('api:a', inText), aDescriptor('api:c', inText)),
    'b.yaml': documents(
      aDescriptor('api:b', { type: 'openapi', definition: { $text: './openapi.yaml' } }),
      aDescriptor('api:d', inText),
    ),
    'openapi.yaml': broken,
  });
  const read: string[] = [];
  const problems = await problemsOfDefinitions({
    catalog,
    files: {
      readFile(uri) {
        read.push(uri.replace(/^.*\//, ''));
        return files.readFile(uri);
      },
    },
    translate: english,
  });
  expect(read).toEqual(['a.yaml', 'b.yaml', 'openapi.yaml']);
  expect(problems.map(drawnProblem)).toHaveLength(4);
});

it('reads no file when all definition codes are off', async () => {
  const { catalog, files } = await DefinitionsInFiles.of({
    'a.yaml': aDescriptor('api:a', { type: 'openapi', definition: broken }),
  });
  const readFile = vi.fn((uri: string) => files.readFile(uri));
  const off = {
    'definition-syntax': 'off',
    'definition-invalid': 'off',
    'definition-reference': 'off',
    'definition-too-large': 'off',
  } as const;
  const check = (severities: Record<string, 'off'>): Promise<unknown> =>
    problemsOfDefinitions({ catalog, files: { readFile }, severities, translate: english });
  expect(await check(off)).toEqual([]);
  expect(readFile).not.toHaveBeenCalled();
  await check({ 'definition-syntax': 'off' });
  expect(readFile).toHaveBeenCalled();
});

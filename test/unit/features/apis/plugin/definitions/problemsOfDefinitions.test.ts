import { expect, it } from 'vitest';
import { english } from '../../../../../../src/base';
import { problemsOfDefinitions } from '../../../../../../src/features/apis/plugin';
import { aDescriptor, documents } from '../../../../../support/descriptors';
import { broken, DefinitionsInFiles, drawnProblem } from '../editors';

it('reads a file once, however many APIs are described in it', async () => {
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

import { describe, expect, it } from 'vitest';
import { entitiesJson, validationJson } from '../../../src/cli/jsonOutput';
import { pathsRelativeTo } from '../../../src/cli/paths';
import { aProblem, aRange } from './problems';

const show = pathsRelativeTo('/w');
const entity = { apiVersion: 'a/v1', kind: 'Component', metadata: { name: 'x' } };

describe('JSON output', () => {
  it('has entities with their places, and relations always', () => {
    const source = {
      file: 'file:///w/sub/a.yaml',
      document: 1,
      range: aRange('2:1-5:1'),
      nameRange: aRange('4:9-4:10'),
    };
    expect(JSON.parse(entitiesJson([{ entity, source }], [], show))).toEqual({
      entities: [
        {
          entity: { ...entity, relations: [] },
          location: {
            file: 'sub/a.yaml',
            document: 1,
            range: { start: { line: 1, character: 0 }, end: { line: 4, character: 0 } },
          },
        },
      ],
      problems: [],
    });
  });

  it('has problems in order, with exactly the documented keys', () => {
    const problems = [
      aProblem('3:1', { suggestions: ['a'], entityRef: 'component:default/x' }),
      aProblem('1:1', { document: undefined, code: 'yaml-syntax' }),
    ];
    const counts = { files: 1, documents: 2, entities: 3 };
    expect(JSON.parse(validationJson(problems, counts, show))).toEqual({
      problems: [
        {
          code: 'yaml-syntax',
          severity: 'error',
          message: 'It is wrong',
          file: 'a.yaml',
          document: null,
          range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
        },
        {
          code: 'invalid-spec',
          severity: 'error',
          message: 'It is wrong',
          file: 'a.yaml',
          document: 0,
          range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } },
        },
      ],
      files: 1,
      documents: 2,
      entities: 3,
    });
  });
});

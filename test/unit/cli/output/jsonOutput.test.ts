import { describe, expect, it } from 'vitest';
import { entitiesJson, stringify, validationJson } from '../../../../src/cli/output/jsonOutput';
import { pathsRelativeTo } from '../../../../src/cli/paths';
import { NodeClock } from '../../../../src/platform/node';
import { aProblem, aRange } from './problems';

const show = pathsRelativeTo('/w');
const { signal } = new AbortController();
const clock = new NodeClock();
const entity = { apiVersion: 'a/v1', kind: 'Component', metadata: { name: 'x' } };

async function whole(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

describe('JSON output', () => {
  it('has entities with their places, and always relations', async () => {
    const source = {
      file: 'file:///w/sub/a.yaml',
      document: 1,
      range: aRange('2:1-5:1'),
      nameRange: aRange('4:9-4:10'),
    };
    expect(
      JSON.parse(await whole(entitiesJson([{ entity, source }], [], { show, signal, clock }))),
    ).toEqual({
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

  it('is formatted like one JSON value', async () => {
    const odd = { ...entity, spec: { text: 'a\n\u2028b\u202e\u009b', none: [], empty: {} } };
    const entities = [odd, entity].map(one => ({ entity: one, source: undefined }));
    for (const some of [[], entities.slice(1), entities]) {
      for (const problems of [[], [aProblem('1:1'), aProblem('3:1')]]) {
        const text = await whole(entitiesJson(some, problems, { show, signal, clock }));
        const value = JSON.parse(text) as { entities: object[]; problems: object[] };
        expect(text).toBe(stringify(value));
        expect(value.entities).toMatchObject(some.map(one => ({ entity: one.entity })));
        expect(value.problems).toHaveLength(problems.length);
      }
    }
  });

  it('of very many entities stops when it is aborted', async () => {
    const entities = Array.from({ length: 20_000 }, () => ({ entity, source: undefined }));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 0);
    await expect(
      whole(entitiesJson(entities, [], { show, signal: controller.signal, clock })),
    ).rejects.toMatchObject({ name: 'AbortError' });
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

  it('has the entity of a problem in no file, and its provider', () => {
    const details = { file: undefined, entityRef: 'resource:default/printer', provider: 'devices' };
    const text = validationJson(
      [aProblem('1:1', details)],
      { files: 1, documents: 1, entities: 1 },
      show,
    );
    expect((JSON.parse(text) as { problems: object[] }).problems).toMatchObject([
      { file: null, entity: 'resource:default/printer', provider: 'devices' },
    ]);
  });
});

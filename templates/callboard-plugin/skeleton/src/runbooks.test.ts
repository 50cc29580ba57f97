import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CatalogProcessorEmit, Entity, JsonValue } from '@callboard/api';
import { findRunbook, runbookProcessor } from './runbooks.js';

const RUNBOOK = { type: 'runbook', url: 'https://example.com/runbook' };

function aService({
  links,
  ...spec
}: { links?: JsonValue; lifecycle?: string; type?: string } = {}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'shop', ...(links !== undefined && { links }) },
    spec: { type: 'service', lifecycle: 'production', ...spec },
  };
}

describe('findRunbook', () => {
  it('finds the first runbook', () => {
    const other = { type: 'dashboard', url: 'https://example.com' };
    const links = [other, RUNBOOK, { ...RUNBOOK, url: 'https://example.com/2' }];
    assert.equal(findRunbook(aService({ links })), RUNBOOK.url);
  });

  for (const links of [
    [],
    'text',
    [null],
    [{ type: 'runbook' }],
    [{ ...RUNBOOK, url: 'command:x' }],
  ]) {
    it(`finds none in ${JSON.stringify(links)}`, () => {
      assert.equal(findRunbook(aService({ links })), undefined);
    });
  }
});

describe('runbookProcessor', () => {
  const codesOf = (entity: Entity): readonly string[] => {
    const codes: string[] = [];
    const emit: CatalogProcessorEmit = {
      relation() {},
      problem: ({ code }) => codes.push(code),
    };
    runbookProcessor.postProcessEntity?.(entity, emit);
    return codes;
  };

  it('reports a missing runbook in production', () => {
    assert.deepEqual(codesOf(aService()), ['missing-runbook']);
  });

  for (const service of [
    aService({ links: [RUNBOOK] }),
    aService({ lifecycle: 'experimental' }),
    aService({ type: 'library' }),
    { ...aService(), kind: 'API' },
  ]) {
    it(`reports nothing for ${JSON.stringify(service)}`, () => {
      assert.deepEqual(codesOf(service), []);
    });
  }
});

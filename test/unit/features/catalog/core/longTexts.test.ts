import { describe, expect, it } from 'vitest';
import { aDescriptor } from '../../../../support/descriptors';
import { openCatalog } from '../../../../support/testCatalog';

const LONG = `openapi: 3.0.0\n${'# a line of a large definition\n'.repeat(1000)}`;

describe('Long texts of an entity', () => {
  const open = (definition: string): ReturnType<typeof openCatalog> =>
    openCatalog({ 'api.yaml': aDescriptor('api:large', { definition }) });

  it('are shortened in memory and complete in a loaded entity', async () => {
    const { engine } = await open(LONG);
    const shown = engine.getEntityByRef('api:default/large')?.spec?.['definition'];
    expect(shown).toMatch(
      /^openapi: 3\.0\.0\n(?:# a line.*\n)*.*\n… \(\d+ more characters, \w+\)$/,
    );
    expect(JSON.stringify(shown).length).toBeLessThan(1300);
    const loaded = await engine.loadEntity('API:default/Large');
    expect(loaded?.spec?.['definition']).toBe(LONG);
    expect({ ...loaded, spec: {} }).toEqual({
      ...engine.getEntityByRef('api:default/large'),
      spec: {},
    });
  });

  it('include a hash to detect changes after the beginning', async () => {
    const shown = async (definition: string): Promise<unknown> =>
      (await open(definition)).entity('api:default/large')?.spec?.['definition'];
    expect(await shown(LONG)).toBe(await shown(LONG));
    expect(await shown(LONG)).not.toBe(await shown(`${LONG.slice(0, -2)}x\n`));
  });

  it("are unchanged when they aren't long", async () => {
    const { engine } = await open('openapi: 3.0.0');
    expect(await engine.loadEntity('api:default/large')).toBe(
      engine.getEntityByRef('api:default/large'),
    );
    expect(await engine.loadEntity('api:default/none')).toBeUndefined();
  });

  it('stay shortened when the file is gone', async () => {
    const catalog = await open(LONG);
    catalog.files.remove('/work/api.yaml');
    expect(await catalog.engine.loadEntity('api:default/large')).toEqual(
      catalog.entity('api:default/large'),
    );
  });
});

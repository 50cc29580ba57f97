import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { agentTools, describeTool } from '../../../../../src/features/agents/core';
import { aShop, TestAgent } from '../../../../support/agents';
import { aComponent, aDescriptor } from '../../../../support/descriptors';

const ajv = new Ajv2020({ strict: true });
const question: Readonly<Record<string, object>> = {
  find: { query: 'shop' },
  get_entity: { ref: 'shop' },
  dependents: { ref: 'resource:x' },
  owners: { ref: 'shop' },
  search_docs: { query: 'deploy' },
  validate: {},
};

describe('Agent tools', () => {
  it.each(agentTools)('$name answers by its schemas', async tool => {
    const agent = await TestAgent.open({
      'a.yaml': aComponent('shop', { dependsOn: ['resource:x'] }),
    });
    agent.search.results = [
      aShop({ snippet: { text: 'a shop', marks: [] }, path: ['Docs'], facets: { owner: ['o'] } }),
    ];
    const input = question[tool.name];
    const { inputSchema, outputSchema } = await describeTool(tool);

    expect(ajv.validate(inputSchema, input), ajv.errorsText()).toBe(true);
    expect(ajv.validate(outputSchema, await agent.value(tool.name, input))).toBe(true);
    expect(ajv.validate(inputSchema, { unknown: 1 })).toBe(false);
  });

  it.each(agentTools.map(({ name }) => name))('%s reports invalid input', async name => {
    const agent = await TestAgent.open({});
    const hostile = JSON.parse('{"__proto__": {"limit": 1}, "constructor": 1}') as object;
    expect(await agent.text(name, hostile)).toMatch(
      /Unknown field "__proto__", "constructor"\. Available/,
    );
    expect(await agent.text(name, 'text')).toMatch(/must be an object with: /);
    expect(await agent.text(name, [])).toMatch(/must be an object with: /);
  });

  it.each([
    ['find', { query: '' }, '"query" must be text of 1 to 1000 characters.'],
    ['find', { query: 'x'.repeat(1001) }, '"query" must be text of 1 to 1000 characters.'],
    ['find', { query: 'x', limit: 1e9 }, '"limit" must be a whole number from 1 to 50.'],
    ['find', { query: 'x', limit: 0.5 }, '"limit" must be a whole number from 1 to 50.'],
    ['find', { query: 'x', offset: -1 }, '"offset" must be a whole number from 0 to 10000.'],
    ['dependents', { ref: 'x', depth: 101 }, '"depth" must be a whole number from 1 to 100.'],
    ['validate', { severity: 'bad' }, '"severity" must be one of error, warning, info, hint.'],
    ['get_entity', { ref: 1 }, '"ref" must be text of 1 to 1000 characters.'],
  ])('%s %j: %s', async (name, input, text) => {
    const agent = await TestAgent.open({});
    expect(await agent.ask(name, input)).toEqual({ type: 'refusal', text });
  });

  it.each([
    ['get_entity', { ref: 'shpo' }, 'Did you mean component:default/shop? Use find'],
    ['dependents', { ref: 'component:shpo' }, 'Did you mean component:default/shop? Use find'],
    ['owners', { ref: '__proto__' }, 'There is no entity "__proto__". Use find'],
    ['get_entity', { ref: ':x' }, 'was not on the form'],
    ['get_entity', { ref: 'a/'.repeat(400) }, 'There is no entity'],
    ['get_entity', { ref: 'sales' }, 'may mean system:default/sales or system:web/sales'],
  ])('%s %j is rejected with a suggestion', async (name, input, text) => {
    const agent = await TestAgent.open({
      'a.yaml': aComponent('shop'),
      'b.yaml': aDescriptor('system:sales'),
      'c.yaml': aDescriptor('system:web/sales'),
    });
    const answer = await agent.ask(name, input);
    expect(answer.type).toBe('refusal');
    expect(answer.text).toContain(text);
  });

  it.each([
    ['get_entity', { ref: 'x' }],
    ['dependents', { ref: 'x' }],
    ['find', { query: 'x' }],
  ])('%s stops on an abort signal', async (name, input) => {
    const agent = await TestAgent.open({ 'x.yaml': aComponent('x') });
    const aborted = AbortSignal.abort();
    await expect(agent.ask(name, input, aborted)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

import { agentTools } from '../../../src/features/agents/core';
import { TestAgent } from '../../support/agents';
import { aComponent, aDescriptor } from '../../support/descriptors';
import type { Reader } from '../attack';
import { catalogOf } from './places';

/** Fields that any tool has, so that each attack meets a field of each tool. */
const FIELDS = [
  'query',
  'ref',
  'path',
  'text',
  'kind',
  'filter',
  'depth',
  'limit',
  'in',
  'severity',
];

export const agentReaders: readonly Reader[] = [
  {
    name: 'inputs of tools for agents',
    format: 'value',
    sources: ['src/features/agents/core/', 'src/features/agents/vscode/'],
    families: ['mcp'],
    frames: ['<|>', ...FIELDS.map(field => `{"${field}":<|>}`), '{"path":"z.yaml","text":<|>}'],
    scale: 0.5,
    read: async text => {
      const input: unknown = JSON.parse(text);
      const agent = new TestAgent(
        await catalogOf({ 'z.yaml': aComponent('z'), 'team.yaml': aDescriptor('group:team') }),
      );
      const answers: unknown[] = [];
      for (const { name } of agentTools) answers.push(await agent.ask(name, input));
      return answers;
    },
  },
  {
    name: 'texts that agents have validated',
    format: 'yaml',
    sources: [],
    frames: [
      '<|>',
      'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: <|> }\nspec: <|>\n',
    ],
    scale: 0.5,
    read: async text => {
      const agent = new TestAgent(await catalogOf({ 'z.yaml': text }));
      return [
        await agent.ask('validate', { path: 'z.yaml' }),
        await agent.ask('find', { query: 'a' }),
      ];
    },
  },
];

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inProject } from '../../../../../scripts/lib/project.mjs';
import { agentTools, describeTool, pluginToolsTool } from '../../../../../src/features/agents/core';

const { contributes, activationEvents } = JSON.parse(
  readFileSync(inProject('package.json'), 'utf8'),
) as {
  activationEvents: readonly string[];
  contributes: {
    languageModelTools: readonly Readonly<Record<string, unknown>>[];
    mcpServerDefinitionProviders: readonly { id: string }[];
  };
};

it('declares all tools with their descriptions and input schemas', async () => {
  expect(
    contributes.languageModelTools.map(({ name, modelDescription, inputSchema }) => ({
      name,
      modelDescription,
      inputSchema,
    })),
  ).toEqual(
    [
      ...(await Promise.all(
        agentTools.map(async tool => ({ ...(await describeTool(tool)), name: tool.name })),
      )),
      pluginToolsTool,
    ].map(({ name, description, inputSchema }) => ({
      name: `callboard_${name}`,
      modelDescription: description,
      inputSchema,
    })),
  );
});

it('gives each tool a unique reference name', () => {
  const names = contributes.languageModelTools.map(({ toolReferenceName, ...tool }) => {
    expect(tool['canBeReferencedInPrompt']).toBe(true);
    return toolReferenceName as string;
  });
  expect(new Set(names).size).toBe(agentTools.length + 1);
  expect(names.filter(name => !/^callboard[A-Z]\w+$/.test(name))).toEqual([]);
});

it('activates Callboard for tools and MCP servers', () => {
  expect(activationEvents).toEqual(
    expect.arrayContaining([
      ...[...agentTools, pluginToolsTool].map(
        ({ name }) => `onLanguageModelTool:callboard_${name}`,
      ),
      ...contributes.mcpServerDefinitionProviders.map(({ id }) => `onMcpCollection:${id}`),
    ]),
  );
});

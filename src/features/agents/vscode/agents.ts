import * as vscode from 'vscode';
import { coreServices, createPortalPlugin, type PortalPlugin } from '../../../api';
import { type Disposable, isRecord, onDemand } from '../../../base';
import { withoutLinks } from '../../../platform/core';
import { toAbortSignal } from '../../../platform/vscode/convert';
import type { AgentsDeps, ToolsDeps } from './deps';
import { offerMcpServers } from './mcpServers';

/** Progress messages by tool name. */
const messages: Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => string>> = {
  find: ({ query }) => vscode.l10n.t('Searching the catalog for "{0}"', textOf(query)),
  get_entity: ({ ref }) => vscode.l10n.t('Reading {0} in the catalog', textOf(ref)),
  dependents: ({ ref }) => vscode.l10n.t('Finding dependents of {0}', textOf(ref)),
  owners: ({ ref, path }) => vscode.l10n.t('Finding owners of {0}', textOf(ref ?? path)),
  search_docs: ({ query }) => vscode.l10n.t('Searching the docs for "{0}"', textOf(query)),
  validate: ({ path }) =>
    path === undefined
      ? vscode.l10n.t('Validating the catalog')
      : vscode.l10n.t('Validating {0}', textOf(path)),
  plugin_tools: ({ tool }) =>
    tool === undefined
      ? vscode.l10n.t('Listing tools of plugins')
      : vscode.l10n.t('Running {0}', textOf(tool)),
};

/** Registers the tools of the manifest, prefixed with `callboard_`. Their code is loaded on first use. */
function registerTools(deps: ToolsDeps): readonly Disposable[] {
  // Missing in forks of older VS Code versions.
  if (typeof vscode.lm?.registerTool !== 'function') return [];
  const load = onDemand(async () => {
    const { ToolAnswers } = await import('./toolAnswers');
    return new ToolAnswers(deps);
  });
  return Object.entries(messages).map(([name, messageOf]) =>
    vscode.lm.registerTool<unknown>(`callboard_${name}`, {
      prepareInvocation({ input }) {
        const fields = isRecord(input) ? input : {};
        return {
          invocationMessage: withoutLinks(messageOf(fields)),
          ...(name === 'plugin_tools' && { confirmationMessages: confirmationOf(fields, deps) }),
        };
      },
      invoke: async ({ input }, token) => (await load()).answer(name, input, toAbortSignal(token)),
    }),
  );
}

/** Returns the question before a tool of a plugin runs; undefined if none runs. */
function confirmationOf(
  { tool: id, input }: Readonly<Record<string, unknown>>,
  { pluginTools, pluginOf }: ToolsDeps,
): vscode.LanguageModelToolConfirmationMessages | undefined {
  const tool = pluginTools().find(candidate => candidate.id === id);
  if (!tool) return undefined;
  const plugin = textOf(pluginOf(tool));
  return {
    title: withoutLinks(
      vscode.l10n.t('Run "{0}" of the plugin "{1}"?', textOf(tool.title), plugin),
    ),
    message: withoutLinks(
      vscode.l10n.t('The answer is sent to the language model. Input: {0}', inputText(input)),
    ),
  };
}

/** Returns the input as JSON on one line, truncated. */
function inputText(input: unknown): string {
  return textOf(JSON.stringify(input ?? {}), 500);
}

/** Returns the text on one line, truncated. */
function textOf(value: unknown, length = 100): string {
  return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim().slice(0, length) : '';
}

/** Plugin with the tools of the editor and the MCP server. */
export function agents(deps: AgentsDeps): { readonly plugin: PortalPlugin } {
  const plugin = createPortalPlugin({
    id: 'agents',
    register(env) {
      env.registerInit({
        deps: { catalog: coreServices.catalog, search: coreServices.search },
        init: services => [
          ...registerTools({ ...deps, ...services }),
          ...offerMcpServers({ node: deps.platform.node, extensionUri: deps.extensionUri }),
        ],
      });
    },
  });
  return { plugin };
}

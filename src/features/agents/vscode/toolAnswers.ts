import * as vscode from 'vscode';
import { raceAbort } from '../../../base';
import { fromUri } from '../../../platform/vscode/convert';
import {
  type AgentAnswer,
  type AgentServices,
  agentTools,
  answerWithPluginTools,
  pluginToolsTool,
} from '../core';
import type { ToolsDeps } from './deps';
import { whenCatalogLoaded } from './whenCatalogLoaded';

/** Runs the tools on the catalog of the window. */
export class ToolAnswers {
  #services: AgentServices;
  #pluginTools: ToolsDeps['pluginTools'];

  constructor({ catalog, search, engine, fileSystem, pluginTools }: ToolsDeps) {
    this.#pluginTools = pluginTools;
    this.#services = {
      catalog,
      search,
      fileSystem,
      roots: () =>
        (vscode.workspace.workspaceFolders ?? []).map(({ uri, name }) => ({
          uri: fromUri(uri),
          name,
        })),
      codeownersOwners: () => engine.options.codeownersOwners,
      update: signal => whenCatalogLoaded(catalog, signal),
      // The file watcher may not have reported the agent's changes yet.
      applyFile: (file, signal) =>
        engine.applyChanges([{ type: 'changed', uri: file }], { signal }),
      whenInspected: signal => raceAbort(engine.whenInspected(), signal),
    };
  }

  /** @throws Error with a message for the model; AbortError */
  async answer(
    name: string,
    input: unknown,
    signal: AbortSignal,
  ): Promise<vscode.LanguageModelToolResult> {
    const answer = await this.#answer(name, input, signal);
    if (answer.type === 'refusal') throw new Error(answer.text);
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(answer.text)]);
  }

  async #answer(name: string, input: unknown, signal: AbortSignal): Promise<AgentAnswer> {
    if (name === pluginToolsTool.name) {
      await this.#services.update(signal);
      return answerWithPluginTools(this.#pluginTools(), input, signal);
    }
    const tool = agentTools.find(candidate => candidate.name === name);
    if (!tool) throw new Error(`Unknown tool "${name}"`);
    return tool.run(input, this.#services, signal);
  }
}

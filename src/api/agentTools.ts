import type { Disposable } from '../base';
import type { JsonObject, JsonValue } from '../model';
import { createExtensionPoint } from './extensionPoints';

/**
 * A read-only tool that coding agents can call: by its id in `callboard mcp`, and in the editor through the tool
 * `callboard_plugin_tools`, which asks the user before it runs.
 *
 * @beta
 */
export interface PluginAgentTool {
  /** Unique id: lowercase words joined by `_`, starting with the plugin: `sonar_rating`. */
  readonly id: string;
  readonly title: string;
  /** Description for the agent: what the tool returns, and when to use it. */
  readonly description: string;
  /** JSON schema of the input, which is an object. The input isn't validated before `run`. */
  readonly inputSchema: JsonObject;
  /** Returns the answer. An error is an answer, too: its message is shown to the agent. */
  run(input: JsonObject, signal: AbortSignal): JsonValue | Promise<JsonValue>;
}

/**
 * Extension point for plugins that add tools for coding agents.
 *
 * @beta
 */
export interface AgentToolsExtensionPoint {
  /** Adds a tool until the Disposable is disposed. */
  addAgentTool(tool: PluginAgentTool): Disposable;
}
/** @beta */
export const agentToolsExtensionPoint = createExtensionPoint<AgentToolsExtensionPoint>({
  id: 'agents.tools',
});

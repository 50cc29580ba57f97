// A separate entry point: loaded on first use by an agent.

export { agents } from './agents';
export type { AgentsDeps } from './deps';

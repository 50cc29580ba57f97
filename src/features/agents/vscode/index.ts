// A door of its own: nothing of it is needed before an agent asks, and little before a window is there.

export { agents } from './agents';
export type { AgentsDeps } from './deps';

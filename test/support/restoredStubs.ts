import { afterAll, vi } from 'vitest';

// Files share a process: what one has replaced must not be met in the next.
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

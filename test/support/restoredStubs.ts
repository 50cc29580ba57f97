import { afterAll, vi } from 'vitest';

// Test files share a process, so stubs of one file must not remain in the next.
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

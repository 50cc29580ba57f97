import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

/** Provides each test with a temporary folder by its canonical path, which is removed after the test. */
export function useTemporaryFolder(give: (folder: string) => void): void {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-')));
    give(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
}

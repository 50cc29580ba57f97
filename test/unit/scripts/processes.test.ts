import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runBeside, start, stop } from '../../../scripts/lib/processes.mjs';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function aScript(text: string): string {
  const script = join(folder, 'script.mjs');
  writeFileSync(script, text);
  return script;
}

it('runBeside runs a script with the lowest priority and returns its message', async () => {
  const script = aScript(`
    import { getPriority } from 'node:os';
    process.on('message', () => {});
    const wait = setInterval(() => {
      if (getPriority() === 0) return;
      clearInterval(wait);
      process.send({ priority: getPriority(), args: process.argv.slice(2) }, () => process.exit(3));
      console.log('printed');
    }, 10);
  `);
  expect(await runBeside(script, ['unit'])).toEqual({
    code: 3,
    output: 'printed\n',
    message: { priority: constants.priority.PRIORITY_LOW, args: ['unit'] },
  });
});

it('runBeside returns no message of a script that sends none', async () => {
  const script = aScript('console.error("broken"); process.exitCode = 1;');
  expect(await runBeside(script, [])).toEqual({ code: 1, output: 'broken\n', message: undefined });
});

it.runIf(process.platform !== 'win32')(
  'stop lets grandchildren clean up, even if the child exits at once',
  async () => {
    const mark = join(folder, 'mark');
    const slow = `
      const { writeFileSync } = require('node:fs');
      process.on('SIGTERM', () => setTimeout(() => {
        writeFileSync(${JSON.stringify(mark)}, 'cleaned');
        process.exit();
      }, 300));
      writeFileSync(${JSON.stringify(mark)}, 'started');
      setInterval(() => {}, 1000);
    `;
    const script = aScript(`
      import { spawn } from 'node:child_process';
      spawn(process.execPath, ['-e', ${JSON.stringify(slow)}]);
    `);
    const child = start(process.execPath, [script]);
    await expect.poll(() => existsSync(mark) && readFileSync(mark, 'utf8')).toBe('started');
    await stop(child);
    expect(readFileSync(mark, 'utf8')).toBe('cleaned');
  },
);

import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runMkdocs } from '../../../../../src/features/techdocs/node';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'callboard-mkdocs-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program in place of MkDocs: a Node script that prints its arguments. */
function program(script: string): string {
  const path = join(folder, 'mkdocs');
  writeFileSync(path, `#!${process.execPath}\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

async function run(
  path: string,
  options: { readonly signal?: AbortSignal; readonly etag?: string } = {},
): Promise<readonly string[]> {
  const lines: string[] = [];
  const { signal = new AbortController().signal, ...rest } = options;
  await runMkdocs({
    program: path,
    config: join(folder, 'mkdocs.yml'),
    target: join(folder, 'out'),
    time: 1,
    signal,
    onLine: line => lines.push(line),
    ...rest,
  });
  return lines;
}

describe.skipIf(process.platform === 'win32')('runMkdocs', () => {
  it('runs MkDocs in the folder of the config and adds metadata of TechDocs', async () => {
    mkdirSync(join(folder, 'out'));
    const path = program(
      `console.log(process.cwd()); console.error('WARNING - x');
       const fs = require('fs'); const out = process.argv[process.argv.indexOf('--site-dir') + 1];
       fs.writeFileSync(out + '/index.html', ''); fs.writeFileSync(out + '/techdocs_metadata.json', '{"site_name":"S"}');
       console.log(process.argv.slice(2, 4).join(' '));`,
    );
    const lines = await run(path, { etag: 'e' });
    expect(lines.filter(line => !line.startsWith('WARNING'))).toEqual([
      expect.stringMatching(new RegExp(`${folder.split('/').at(-1)}$`)),
      'build --config-file',
    ]);
    expect(lines).toContain('WARNING - x');
    expect(JSON.parse(readFileSync(join(folder, 'out/techdocs_metadata.json'), 'utf8'))).toEqual({
      site_name: 'S',
      build_timestamp: 1,
      engine: 'mkdocs',
      files: ['index.html', 'techdocs_metadata.json'],
      etag: 'e',
    });
  });

  it('reports a failure and a missing program', async () => {
    await expect(run(program('process.exit(3)'))).rejects.toThrow('ended with exit code 3');
    await expect(run(join(folder, 'gone'))).rejects.toThrow('there is no such program');
  });

  it('stops MkDocs when it is aborted', async () => {
    const controller = new AbortController();
    const path = program(`console.log('up'); setInterval(() => {}, 1000);`);
    const running = runMkdocs({
      program: path,
      config: join(folder, 'mkdocs.yml'),
      target: join(folder, 'out'),
      time: 1,
      signal: controller.signal,
      onLine: () => controller.abort(),
    });
    await expect(running).rejects.toThrow(/abort/i);
  });
});

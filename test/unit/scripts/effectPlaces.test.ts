import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findEffectPlaces } from '../../../scripts/lib/effectPlaces.mjs';
import { root } from '../../../scripts/lib/project.mjs';

/** Code of a file for each kind, and the kinds found in it. */
const plants: readonly { readonly code: string; readonly kinds: readonly string[] }[] = [
  { code: `import { spawn } from 'node:child_process'; spawn('a');`, kinds: ['process'] },
  { code: `import { exec as run } from 'child_process'; run('a');`, kinds: ['process'] },
  {
    code: `import * as children from 'node:child_process'; children.fork('a');`,
    kinds: ['process'],
  },
  { code: `export { execFile } from 'node:child_process';`, kinds: ['process'] },
  { code: `const a = await import('node:child_process'); a.spawn('a');`, kinds: ['process'] },
  { code: `const { simpleGit } = await import('simple-git'); simpleGit();`, kinds: ['process'] },
  { code: `new vscode.ShellExecution('rm');`, kinds: ['process'] },
  { code: `const { createTerminal } = vscode.window; createTerminal();`, kinds: ['process'] },
  { code: `void vscode.commands.executeCommand('git.clone', 'a');`, kinds: ['process'] },
  { code: `const id: string = 'a'; void vscode.commands.executeCommand(id);`, kinds: ['process'] },
  { code: `new Worker('a.js');`, kinds: ['process'] },
  { code: `import { request } from 'node:https'; request('a');`, kinds: ['network'] },
  { code: `import { createServer } from 'net'; createServer();`, kinds: ['network'] },
  { code: `await fetch('https://a.test');`, kinds: ['network'] },
  { code: `await globalThis.fetch('https://a.test');`, kinds: ['network'] },
  { code: `new WebSocket('wss://a.test');`, kinds: ['network'] },
  {
    code: `const { env } = vscode; await env.openExternal(vscode.Uri.parse('a:b'));`,
    kinds: ['network'],
  },
  {
    code: `import { writeFile } from 'node:fs/promises'; await writeFile('a', '');`,
    kinds: ['write'],
  },
  { code: `import { promises } from 'fs'; await promises.rm('a');`, kinds: ['write'] },
  { code: `import fs from 'node:fs'; fs.rmSync('a');`, kinds: ['write'] },
  {
    code: `const { fs } = vscode.workspace; await fs.delete(vscode.Uri.file('a'));`,
    kinds: ['write'],
  },
  { code: `await vscode.workspace['applyEdit'](new vscode.WorkspaceEdit());`, kinds: ['write'] },
  {
    code: `export const keep = (memory: vscode.Memento): unknown => memory.update('a', 1);`,
    kinds: ['write'],
  },
  { code: `localStorage.setItem('a', 'b');`, kinds: ['write'] },
  {
    code: `import { spawn } from 'node:child_process'; spawn('a'); await fetch('b');`,
    kinds: ['network', 'process'],
  },
  // Code without effects.
  {
    code: `import type { ChildProcess } from 'node:child_process'; export type A = ChildProcess;`,
    kinds: [],
  },
  { code: `import { isIP } from 'node:net'; isIP('a');`, kinds: [] },
  { code: `import { readFile } from 'node:fs/promises'; await readFile('a');`, kinds: [] },
  { code: `class Source { async fetch() {} } await new Source().fetch();`, kinds: [] },
  { code: `const fetch = (a: string) => a; fetch('a');`, kinds: [] },
  { code: `new Map<string, string>().delete('a');`, kinds: [] },
  { code: `void vscode.commands.executeCommand('vscode.open', 'a');`, kinds: [] },
  { code: `export type Fetch = typeof fetch;`, kinds: [] },
];

describe('places with effects', () => {
  const project = mkdtempSync(join(tmpdir(), 'callboard-effects-'));
  let found: ReturnType<typeof findEffectPlaces> = [];

  beforeAll(() => {
    mkdirSync(join(project, 'src'));
    symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
    const files = plants.map(({ code }, index) => {
      const file = join(project, 'src', `${index}.ts`);
      writeFileSync(file, `import * as vscode from 'vscode';\n${code}\nexport { vscode };\n`);
      return file;
    });
    const program = ts.createProgram(files, {
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
      types: ['node', 'vscode'],
      esModuleInterop: true,
      skipLibCheck: true,
    });
    found = findEffectPlaces(program, project, file => files.includes(file));
  });

  afterAll(() => rmSync(project, { recursive: true }));

  test.for(plants.map((plant, index) => ({ ...plant, index })))(
    '$kinds: $code',
    ({ index, kinds }) => {
      const own = found.filter(({ file }) => file === `src/${index}.ts`);
      expect(own.map(({ kind }) => kind).sort()).toEqual(kinds);
    },
  );
});

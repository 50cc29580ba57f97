import { expect, test } from 'vitest';
import { findDesktopCode } from '../../../scripts/lib/desktop.mjs';

function machine(
  platform: string,
  files: string[],
  { PATH, links = {} }: { PATH: string; links?: Record<string, string> },
): Parameters<typeof findDesktopCode>[0] {
  return {
    platform,
    env: { PATH },
    exists: path => files.includes(path),
    realpath: path => links[path] ?? path,
  };
}

test('finds the program behind `code` on Linux', () => {
  const where = machine('linux', ['/usr/bin/code', '/usr/share/code/code'], {
    PATH: '/usr/bin',
    links: { '/usr/bin/code': '/usr/share/code/bin/code' },
  });
  expect(findDesktopCode(where)).toEqual({
    cli: '/usr/bin/code',
    executable: '/usr/share/code/code',
  });
});

test('finds the program behind `code` on macOS', () => {
  const app = '/Applications/Visual Studio Code.app/Contents';
  const where = machine('darwin', ['/usr/local/bin/code', `${app}/MacOS/Electron`], {
    PATH: '/usr/local/bin',
    links: { '/usr/local/bin/code': `${app}/Resources/app/bin/code` },
  });
  expect(findDesktopCode(where)?.executable).toBe(`${app}/MacOS/Electron`);
});

test('skips the launcher of snap', () => {
  const real = '/snap/code/current/usr/share/code/code';
  const where = machine('linux', ['/snap/bin/code', real], {
    PATH: '/snap/bin',
    links: { '/snap/bin/code': '/usr/bin/snap' },
  });
  expect(findDesktopCode(where)?.executable).toBe(real);
});

test('ignores the remote CLI of a VS Code server', () => {
  const cli = '/home/a/.vscode-server/bin/1/bin/remote-cli/code';
  const where = machine('linux', [cli], { PATH: '/home/a/.vscode-server/bin/1/bin/remote-cli' });
  expect(findDesktopCode(where)).toBeUndefined();
});

test('ignores a `code` without its program', () => {
  const where = machine('linux', ['/usr/bin/code'], { PATH: '/usr/bin' });
  expect(findDesktopCode(where)).toBeUndefined();
});

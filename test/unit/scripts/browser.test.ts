import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  findBrowser,
  findOnPath,
  launchOptions,
  type Machine,
} from '../../../scripts/lib/browser.mjs';

function machine(
  platform: string,
  files: string[],
  env: Record<string, string> = { PATH: '/usr/local/bin:/usr/bin' },
): Machine {
  return { platform, env, exists: path => files.includes(path) };
}

describe('findBrowser', () => {
  test.for<[string, Machine, string]>([
    ['Chromium on PATH', machine('linux', ['/usr/bin/chromium']), '/usr/bin/chromium'],
    [
      'the headless one before all others',
      machine('linux', ['/usr/bin/chromium', '/usr/bin/chromium-headless-shell']),
      '/usr/bin/chromium-headless-shell',
    ],
    [
      'Chromium before Chrome and Edge',
      machine('linux', [
        '/usr/bin/microsoft-edge',
        '/usr/local/bin/google-chrome',
        '/usr/bin/chromium',
      ]),
      '/usr/bin/chromium',
    ],
    ['Edge on PATH', machine('linux', ['/usr/bin/microsoft-edge']), '/usr/bin/microsoft-edge'],
    [
      'Chrome in its usual place on Linux',
      machine('linux', ['/opt/google/chrome/chrome']),
      '/opt/google/chrome/chrome',
    ],
    [
      'Chrome on macOS',
      machine('darwin', ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']),
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    [
      'a browser of one person on macOS',
      machine('darwin', ['/Users/a/Applications/Chromium.app/Contents/MacOS/Chromium'], {
        HOME: '/Users/a',
      }),
      '/Users/a/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    [
      'Edge on Windows',
      machine('win32', ['C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'], {
        'ProgramFiles(x86)': 'C:\\Program Files (x86)',
      }),
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    ],
    [
      'the path in CALLBOARD_BROWSER',
      machine('linux', ['/usr/bin/chromium', '/home/a/chrome'], {
        PATH: '/usr/bin',
        CALLBOARD_BROWSER: '/home/a/chrome',
      }),
      '/home/a/chrome',
    ],
  ])('finds %s', ([, where, path]) => {
    expect(findBrowser(where)).toBe(path);
  });

  test('finds no browser if none is installed', () => {
    expect(findBrowser(machine('linux', []))).toBeUndefined();
    expect(findBrowser(machine('win32', [], {}))).toBeUndefined();
  });

  test('does not replace a missing CALLBOARD_BROWSER', () => {
    const where = machine('linux', ['/usr/bin/chromium'], {
      PATH: '/usr/bin',
      CALLBOARD_BROWSER: '/gone',
    });
    expect(() => findBrowser(where)).toThrow('CALLBOARD_BROWSER names /gone');
  });
});

test('findOnPath returns the command in the first folder that has it', () => {
  const where = machine('linux', ['/usr/bin/code', '/usr/local/bin/code']);
  expect(findOnPath('code', where)).toBe('/usr/local/bin/code');
});

test('disables the same browser features as Playwright', () => {
  const playwright = dirname(createRequire(import.meta.url).resolve('playwright-core'));
  const bundle = readFileSync(join(playwright, 'lib', 'coreBundle.js'), 'utf8');
  const [, list = ''] = /disabledFeatures = \[([^\]]*)\]/.exec(bundle) ?? [];
  const features = [...list.matchAll(/^ *"(\w+)",?$/gm)].map(([, feature]) => feature);
  expect(features).toContain('PaintHolding');
  const flag = launchOptions('chromium').args?.find(arg => arg.startsWith('--disable-features='));
  expect(flag?.replace(/^.*=/, '').split(',')).toEqual(expect.arrayContaining(features));
});

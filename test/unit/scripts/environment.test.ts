import { expect, test } from 'vitest';
import { cleanEnvironment } from '../../../scripts/lib/environment.mjs';

test("cleanEnvironment keeps the user's settings and drops variables of npm and VS Code", () => {
  expect(
    cleanEnvironment({
      PATH: '/usr/bin',
      NODE_EXTRA_CA_CERTS: '/ca.crt',
      npm_config_cache: '/cache',
      npm_config_registry: 'https://npm.example.com',
      npm_config_ignore_scripts: 'true',
      npm_lifecycle_event: 'test',
      npm_package_name: 'callboard',
      VSCODE_IPC_HOOK_CLI: '/tmp/socket',
      NODE_OPTIONS: '--inspect',
      PORT: '8080',
      PASSWORD: 'secret',
    }),
  ).toEqual({
    PATH: '/usr/bin',
    NODE_EXTRA_CA_CERTS: '/ca.crt',
    npm_config_cache: '/cache',
    npm_config_registry: 'https://npm.example.com',
  });
});

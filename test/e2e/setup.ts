import { afterAll } from 'vitest';
import { closeBrowser } from '../support/openCallboard';
import { closeServers } from '../support/windowServers';

afterAll(async () => {
  await closeBrowser();
  await closeServers();
});

import { afterAll } from 'vitest';
import { closeBrowser } from '../support/openCallboard';

afterAll(closeBrowser);

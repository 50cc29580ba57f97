import { expect, it } from 'vitest';
import { consoleLogger, type ConsoleLogLevel } from '../../../../src/platform/node';

const logged = (level: ConsoleLogLevel): string[] => {
  const lines: string[] = [];
  const logger = consoleLogger(level, line => lines.push(line));
  logger.debug('looked');
  logger.warn('odd');
  logger.error('failed', new Error('of this'));
  return lines;
};

it('writes messages of its level or above, with messages of errors', () => {
  expect(logged('warn')).toEqual(['warn: odd', 'error: failed: of this']);
  expect(logged('error')).toEqual(['error: failed: of this']);
});

it('writes stack traces at the debug level', () => {
  const lines = logged('debug');
  expect(lines.slice(0, 2)).toEqual(['debug: looked', 'warn: odd']);
  expect(lines[2]).toMatch(/^error: failed: Error: of this\n +at /);
});

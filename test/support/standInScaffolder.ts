import type { ServerResponse } from 'node:http';
import type { InstanceTemplates } from '../../src/api';
import { BackstageSession } from '../../src/features/backstage/core/catalog/backstageSession';
import { createInstanceTemplates } from '../../src/features/backstage/core/instances/templates/instanceTemplates';
import type { Clock } from '../../src/platform/core/ports';
import { serve } from './loopbackServer';
import { textOf } from './requestText';
import { HastyClock, openSourceHttp } from './sourceHttp';

export interface Question {
  /** `METHOD path?query`. */
  readonly line: string;
  readonly url: URL;
  /** Parsed body. */
  readonly body: unknown;
  readonly authorization: string | undefined;
}

export type Answer = (question: Question, response: ServerResponse) => void;

export interface StandIn {
  readonly templates: InstanceTemplates;
  /** Requests so far. */
  readonly requests: readonly Question[];
}

export interface StandInOptions {
  readonly token?: string;
  readonly clock?: Clock;
  readonly silence?: number;
}

/** A scaffolder with responses from the test. */
export async function standInScaffolder(
  answer: Answer,
  { token, clock = new HastyClock(), silence = 10_000 }: StandInOptions = {},
): Promise<StandIn> {
  const calls: Question[] = [];
  const port = await serve((request, response) => {
    void textOf(request).then(text => {
      const { method = '', url = '', headers } = request;
      const question = {
        line: `${method} ${url}`,
        url: new URL(url, 'http://localhost'),
        body: text === '' ? undefined : (JSON.parse(text) as unknown),
        authorization: headers.authorization,
      };
      calls.push(question);
      answer(question, response);
    });
  });
  const origin = `http://127.0.0.1:${port}`;
  const authorization = token === undefined ? undefined : `Bearer ${token}`;
  const credentials = authorization === undefined ? {} : { [origin]: authorization };
  const session = new BackstageSession({
    url: origin,
    clock,
    http: openSourceHttp({ allowed: [new URL(origin).host], credentials, clock }),
    credentials: { authorization: () => Promise.resolve(authorization) },
  });
  return { templates: createInstanceTemplates({ session, clock, silence }), requests: calls };
}

/** Returns a task event as from a Backstage. */
export function aLog(id: number, message: string, more: object = {}): object {
  const createdAt = '2026-11-24T14:18:23.000Z';
  const body = { message, ...more };
  return { id, taskId: 't', type: 'log', createdAt, isTaskRecoverable: false, body };
}

export function aCompletion(id: number, more: object = { output: {} }): object {
  return { ...aLog(id, 'Run completed', more), type: 'completion' };
}

/** Formats an event for an event stream. */
export function sse(...events: readonly object[]): string {
  return events
    .map(event => {
      const { type = 'log' } = event as { type?: string };
      return `event: ${type}\ndata: ${JSON.stringify(event)}\n\n`;
    })
    .join('');
}

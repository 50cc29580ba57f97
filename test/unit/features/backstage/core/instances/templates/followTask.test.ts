import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type {
  FollowOptions,
  InstanceConnection,
  InstanceTaskEvent,
} from '../../../../../../../src/api';
import { HastyClock } from '../../../../../../support/sourceHttp';
import { json } from '../../../../../../support/standInBackstage';
import {
  aCompletion,
  aLog,
  type Question,
  sse,
  type StandIn,
  standInScaffolder,
  type StandInOptions,
} from '../../../../../../support/standInScaffolder';

const TASKS = '/api/scaffolder/v2/tasks';

interface Followed extends StandIn {
  readonly events: readonly string[];
  readonly connections: readonly InstanceConnection['type'][];
  readonly end: unknown;
  readonly lines: readonly string[];
}

async function follow(
  answer: (question: Question, response: ServerResponse) => void,
  {
    signal = new AbortController().signal,
    ...options
  }: StandInOptions & Partial<FollowOptions> = {},
): Promise<Followed> {
  const standIn = await standInScaffolder(answer, options);
  const reported: string[] = [];
  const connections: InstanceConnection['type'][] = [];
  const end = await standIn.templates
    .follow('t', {
      signal,
      after: options.after,
      onEvent: ({ id, message }) => reported.push(`${id} ${message}`),
      onConnection: ({ type }) => connections.push(type),
    })
    .catch((error: unknown) => error);
  const lines = standIn.requests.map(({ line }) => line.replace(TASKS, ''));
  return { ...standIn, events: reported, connections, end, lines };
}

const stream = (response: ServerResponse): ServerResponse =>
  response.writeHead(200, { 'content-type': 'text/event-stream' });

describe('Following a Backstage task', () => {
  it('reports events until the task ends', async () => {
    const events: InstanceTaskEvent[] = [];
    const { templates } = await standInScaffolder((_, response) => {
      stream(response).end(
        sse(
          aLog(1, '\u001b[32minfo\u001b[39m: hello\u0007', { stepId: 'a', status: 'processing' }),
          aCompletion(2, { output: { links: [{ title: 'A', url: 'https://a' }] } }),
        ),
      );
    });
    const { signal } = new AbortController();
    const end = await templates.follow('t', { signal, onEvent: event => events.push(event) });
    expect({ events: events[0], end }).toEqual({
      events: {
        id: 1,
        type: 'log',
        createdAt: Date.parse('2026-11-24T14:18:23Z'),
        isFresh: false,
        stepId: 'a',
        status: 'processing',
        message: 'info: hello',
      },
      end: {
        status: 'completed',
        output: { links: [{ title: 'A', url: 'https://a' }] },
        error: undefined,
      },
    });
  });

  it('resumes after the last complete event of a cut stream', async () => {
    const {
      events: told,
      lines,
      end,
      connections,
    } = await follow(({ url }, response) => {
      const after = url.searchParams.get('after');
      if (url.pathname.endsWith('/events')) return json(response, []);
      if (url.pathname === `${TASKS}/t`) return json(response, { id: 't', status: 'processing' });
      if (after !== null) return stream(response).end(sse(aLog(2, 'two'), aCompletion(3)));
      const cut = sse(aLog(1, 'one'), aLog(2, 'two')).slice(0, -20);
      stream(response).write(cut, () => response.destroy());
    });
    expect({ told, lines, end, connections }).toMatchObject({
      told: ['1 one', '2 two', '3 Run completed'],
      lines: [
        'GET /t/eventstream',
        'GET /t/events?after=1',
        'GET /t',
        'GET /t/eventstream?after=1',
      ],
      end: { status: 'completed' },
      connections: [],
    });
  });

  it('pauses between requests when a proxy closes the stream', async () => {
    const clock = new HastyClock();
    let rounds = 0;
    const { end } = await follow(
      ({ url }, response) => {
        if (url.pathname.endsWith('/eventstream')) return stream(response).end();
        if (url.pathname === `${TASKS}/t`) return json(response, { id: 't', status: 'processing' });
        json(response, ++rounds < 4 ? [] : [aCompletion(1)]);
      },
      { clock },
    );
    expect([clock.delays, end]).toMatchObject([[1000, 1000, 1000], { status: 'completed' }]);
  });

  it('polls events when a proxy buffers the stream', async () => {
    const { events: told, lines } = await follow(
      ({ url }, response) => {
        const after = Number(url.searchParams.get('after') ?? 0);
        // No headers and no events pass the proxy.
        if (url.pathname.endsWith('/eventstream')) return void stream(response).flushHeaders();
        json(response, after === 2 ? [aCompletion(3)] : [aLog(after + 1, 'more')]);
      },
      { silence: 50 },
    );
    expect({ told, lines }).toEqual({
      told: ['1 more', '2 more', '3 Run completed'],
      lines: [
        'GET /t/eventstream',
        'GET /t/events',
        'GET /t/events?after=1',
        'GET /t/events?after=2',
      ],
    });
  });

  it('reconnects after a lost connection without failing the task', async () => {
    let failures = 0;
    const {
      events: told,
      end,
      connections,
    } = await follow(({ url }, response) => {
      const isStream = url.pathname.endsWith('/eventstream');
      if (isStream && failures === 0) {
        return stream(response).write(sse(aLog(1, 'one')), () => response.destroy());
      }
      // Each request is tried four times before it fails.
      if (failures < 9) {
        failures++;
        return response.writeHead(503).end();
      }
      if (!isStream) return json(response, []);
      return stream(response).end(sse(aCompletion(2)));
    });
    expect({ told, end, connections }).toMatchObject({
      told: ['1 one', '2 Run completed'],
      end: { status: 'completed' },
      connections: ['lost', 'lost', 'connected'],
    });
  });

  it('gives up after 15 minutes without a connection', async () => {
    const clock = new (class extends HastyClock {
      override async delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
        this.time += milliseconds;
        return super.delay(milliseconds, signal);
      }
    })();
    const { end, connections } = await follow((_, response) => response.destroy(), { clock });
    expect(end).toMatchObject({ name: 'SourceError', failure: 'unreachable' });
    expect(connections.length).toBeGreaterThan(10);
    expect(clock.time).toBeGreaterThan(15 * 60_000);
  });

  it('ignores invalid events', async () => {
    const { events: told, end } = await follow((_, response) => {
      stream(response).end(
        [
          'event: log\ndata: {half\n\n',
          ': a comment\n\nretry: x\n\n',
          sse({ id: -1, type: 'log' }, { id: 'x', type: 'log' }, { id: 1.5, type: 'log' }),
          'data: null\n\ndata: []\n\n',
          sse({ id: 1, type: 'log', body: { message: { a: 1 }, stepId: 7, status: 'odd' } }),
          sse({ id: 2, type: 'new', body: 'text' }, aLog(1, 'again')),
          sse({ id: 3, type: 'completion', body: { error: { name: 'TypeError' } } }),
        ].join(''),
      );
    });
    expect({ told, end }).toEqual({
      told: ['1 ', '2 ', '3 '],
      end: { status: 'failed', output: {}, error: 'TypeError' },
    });
  });

  it('stops at an endless stream without events', async () => {
    const { end } = await follow(({ url }, response) => {
      if (!url.pathname.endsWith('/eventstream')) return void json(response, []);
      const more = (): void => {
        if (!response.destroyed) response.write(':\n'.repeat(128 * 1024), () => more());
      };
      stream(response);
      more();
    });
    expect(end).toMatchObject({
      failure: 'invalid',
      message: expect.stringContaining('keeps sending data'),
    });
  });

  it('stops at an endless event', async () => {
    const { end } = await follow((_, response) => {
      const more = (): void => {
        if (!response.destroyed) response.write('data: '.padEnd(256 * 1024, 'a'), () => more());
      };
      more();
    });
    expect(end).toMatchObject({ failure: 'invalid', message: expect.stringContaining('end') });
  });

  it('opens another stream after many events, only while they are new', async () => {
    const more = 'a'.repeat(3_900_000);
    const long = sse(...Array.from({ length: 9 }, (_, at) => aLog(at + 1, '', { more })));
    const {
      events: told,
      end,
      lines,
    } = await follow(({ url }, response) => {
      const isFirst = !url.searchParams.has('after');
      stream(response).end(isFirst ? long : sse(aLog(9, ''), aCompletion(10)));
    });
    expect(end).toMatchObject({ status: 'completed' });
    expect(told).toHaveLength(10);
    expect(lines).toEqual(['GET /t/eventstream', 'GET /t/eventstream?after=8']);
    const same = await follow((_, response) => stream(response).end(long));
    expect(same.end).toMatchObject({ failure: 'invalid' });
    expect(same.lines).toHaveLength(2);
  });

  it('reports denied access, a missing task and an unknown reason', async () => {
    const refused = await follow(({ url }, response) =>
      url.pathname === '/api/auth/guest/refresh'
        ? response.writeHead(404).end()
        : response.writeHead(401).end(),
    );
    expect(refused.end).toMatchObject({ failure: 'unauthorized' });
    const forbidden = await follow((_, response) => response.writeHead(403).end(), {
      token: 'a-token-of-somebody',
    });
    expect(forbidden.end).toMatchObject({
      message: 'Backstage does not allow you to see that task.',
      status: 403,
    });
    const missing = await follow((_, response) => response.writeHead(404).end('{}'));
    expect(missing.end).toMatchObject({ failure: 'missing' });
    const lost = await follow(({ url }, response) => {
      if (url.pathname.endsWith('/eventstream')) return stream(response).end();
      if (url.pathname.endsWith('/events')) return json(response, []);
      json(response, { id: 't', status: 'failed' });
    });
    expect(lost.end).toMatchObject({
      status: 'failed',
      error: 'Backstage did not report a reason.',
    });
  });

  it('ends as canceled when it fails after a cancellation', async () => {
    const cancelled = { ...aLog(1, 'Step a has been cancelled.'), type: 'cancelled' };
    const failed = aCompletion(2, { error: { name: 'Error', message: 'aborted' } });
    const { end } = await follow((_, response) => stream(response).end(sse(cancelled, failed)));
    expect(end).toEqual({ status: 'cancelled', output: {}, error: 'aborted' });
    const recovered = { ...aLog(2, ''), type: 'recovered', body: { recoverStrategy: 'none' } };
    const second = await follow((_, response) =>
      stream(response).end(sse(cancelled, recovered, { ...failed, id: 3 })),
    );
    expect(second.end).toMatchObject({ status: 'failed' });
  });

  it.each(['none', 'startOver', undefined])(
    'starts over with all steps after recovery (%s)',
    async recoverStrategy => {
      const events: InstanceTaskEvent[] = [];
      const recovered = { ...aLog(2, ''), type: 'recovered', body: { recoverStrategy } };
      const { templates } = await standInScaffolder((_, response) => {
        stream(response).end(sse(aLog(1, 'a'), recovered, aLog(3, 'b'), aCompletion(4)));
      });
      const { signal } = new AbortController();
      await templates.follow('t', { signal, onEvent: event => events.push(event) });
      expect(events.map(({ isFresh }) => isFresh)).toEqual([false, true, false, false]);
    },
  );

  it('ends at once when it already knows the end', async () => {
    const {
      events: told,
      end,
      lines,
    } = await follow(
      (_, response) => stream(response).end(sse(aCompletion(3, { output: { a: 1 } }))),
      { after: 3 },
    );
    expect({ told, end, lines }).toEqual({
      told: [],
      end: { status: 'completed', output: { a: 1 }, error: undefined },
      lines: ['GET /t/eventstream?after=3'],
    });
  });

  it('fails when the server gave the task up as stale', async () => {
    const message = 'This task was marked as stale as it exceeded its timeout';
    const given = { ...aLog(2, message), type: 'completion' };
    const { end } = await follow((_, response) => stream(response).end(sse(aLog(1, 'a'), given)));
    expect(end).toEqual({ status: 'failed', output: {}, error: message });
    const silent = { ...given, body: {} };
    const { end: untold } = await follow((_, response) => stream(response).end(sse(silent)));
    expect(untold).toMatchObject({
      status: 'failed',
      error: 'Backstage did not report a reason.',
    });
    const done = { ...given, body: { message: 'Run completed with status: completed' } };
    const { end: old } = await follow((_, response) => stream(response).end(sse(done)));
    expect(old).toMatchObject({ status: 'completed', error: undefined });
  });

  it("reports the server's error in any form", async () => {
    const failed = async (body: object): Promise<unknown> => {
      const event = { ...aCompletion(1), body };
      return (await follow((_, response) => stream(response).end(sse(event)))).end;
    };
    const message = 'Run completed with status: failed';
    expect(await failed({ message, error: 'no such repository' })).toMatchObject({
      status: 'failed',
      error: 'no such repository',
    });
    expect(await failed({ message, error: {} })).toMatchObject({
      status: 'failed',
      error: message,
    });
  });

  it('stops on an abort signal', async () => {
    const abort = new AbortController();
    const { end } = await follow(
      (_, response) => {
        stream(response).flushHeaders();
        setTimeout(() => abort.abort(), 20);
      },
      { signal: abort.signal },
    );
    expect(end).toMatchObject({ name: 'AbortError' });
  });
});

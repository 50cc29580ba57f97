import { describe, expect, it } from 'vitest';
import type { SourceEntities, SourceEntity, SourceEntityQuery } from '../../../../src/api';
import { silentLogger } from '../../../../src/base';
import { SourceEntityFinder } from '../../../../src/server/catalog/sourceEntityFinder';
import { ManualClock } from '../../../support/manualClock';
import { aSource } from '../../../support/sourceInfo';

interface Source {
  readonly names: readonly string[];
  /** Milliseconds. */
  readonly takes?: number;
  readonly hasFailed?: boolean;
  /** Maximum number of results at a time. */
  readonly most?: number;
}

function aGroup(name: string): SourceEntity {
  const ref = `group:default/${name}`;
  return { ref, kind: 'Group', namespace: 'default', name, title: undefined, type: 'team' };
}

function open(sources: Readonly<Record<string, Source>>) {
  const clock = new ManualClock();
  const requests: string[] = [];
  const given: AbortSignal[] = [];
  const answerOf = (
    source: string,
    { names, hasFailed = false, most = 100 }: Source,
    { text }: SourceEntityQuery,
  ): SourceEntities => {
    const found = names.filter(name => name.includes(text)).map(aGroup);
    const isComplete = !hasFailed && found.length <= most;
    return {
      source: aSource({ id: source, name: source }),
      isComplete,
      entities: hasFailed ? [] : found.slice(0, most),
      ...(hasFailed && { failure: 'It is not there.' }),
    };
  };
  const elsewhere = new SourceEntityFinder({
    clock,
    logger: silentLogger,
    ask: async (query, { signal, onAnswer }) => {
      requests.push(query.text);
      given.push(signal);
      await Promise.all(
        Object.entries(sources).map(async ([name, source]) => {
          if (source.takes) await clock.delay(source.takes, signal);
          onAnswer(answerOf(name, source, query));
        }),
      );
    },
  });
  /** Found names, and the milliseconds until then. */
  const find = async (text: string, signal = new AbortController().signal) => {
    const began = clock.now();
    let ended: { readonly names: string; readonly isComplete: boolean; readonly after: number };
    let isOver = false;
    const finding = elsewhere.find({ text, kinds: ['Group'] }, signal).then(found => {
      isOver = true;
      ended = {
        names: found.entities.map(({ entity, source }) => `${entity.name} ${source}`).join(', '),
        isComplete: found.isComplete,
        after: clock.now() - began,
      };
    });
    finding.catch(() => {});
    for (let i = 0; i < 100 && !isOver && !signal.aborted; i++) await clock.pass(10, 10);
    await finding;
    return ended!;
  };
  return { clock, requests, given, elsewhere, find };
}

describe('names in sources', () => {
  it('have the titles of their sources', async () => {
    const { find } = open({
      Acme: { names: ['platform', 'plant'], takes: 100 },
      Town: { names: ['planning'], takes: 50 },
    });
    expect(await find('plan')).toMatchObject({
      names: 'planning Town, plant Acme',
      isComplete: true,
    });
  });

  it('are requested once if complete, and again after a minute', async () => {
    const { find, requests: asked, clock } = open({ Acme: { names: ['plant', 'planning'] } });
    await find('p');
    expect(await find('plann')).toMatchObject({ names: 'planning Acme', isComplete: true });
    expect(asked).toEqual(['p']);
    await clock.pass(61_000);
    await find('plann');
    expect(asked).toEqual(['p', 'plann']);
  });

  it('are requested again with more letters if there are too many', async () => {
    const { find, requests: asked } = open({ Acme: { names: ['pa', 'pb', 'pc', 'pcd'], most: 2 } });
    expect(await find('p')).toMatchObject({ names: 'pa Acme, pb Acme', isComplete: false });
    expect(await find('pc')).toMatchObject({ names: 'pc Acme, pcd Acme', isComplete: true });
    expect(asked).toEqual(['p', 'pc']);
  });

  it('are complete without sources, which may change', async () => {
    const sources: Record<string, Source> = {};
    const { find } = open(sources);
    expect(await find('p')).toMatchObject({ names: '', isComplete: true });
    sources['Acme'] = { names: ['plant'] };
    expect(await find('p')).toMatchObject({ names: 'plant Acme' });
  });
});

describe('completion of names in sources', () => {
  it('waits for a short time and shows later results the next time', async () => {
    const { find, requests: asked, clock } = open({ Acme: { names: ['plant'], takes: 1000 } });
    const first = await find('pl');
    expect(first).toMatchObject({ names: '', isComplete: false });
    expect(first.after).toBeLessThanOrEqual(310);
    await clock.pass(1000, 10);
    expect(await find('pla')).toMatchObject({ names: 'plant Acme', isComplete: true });
    expect(asked).toEqual(['pl']);
  });

  it('does not wait for a slow source until it responds in time', async () => {
    const slow = { names: ['plant'], takes: 1000 };
    const quick = { names: ['planning'], takes: 20 };
    const sources: Record<string, Source> = { Acme: slow, Town: quick };
    const { find, clock } = open(sources);
    expect((await find('x')).after).toBeGreaterThanOrEqual(300);
    await clock.pass(2000, 10);
    const second = await find('y');
    expect([second.isComplete, second.after < 100]).toEqual([false, true]);
    await clock.pass(2000, 10);
    sources['Acme'] = { ...slow, takes: 30 };
    await find('z');
    await clock.pass(2000, 10);
    expect(await find('plan')).toMatchObject({
      names: 'planning Town, plant Acme',
      isComplete: true,
    });
  });

  it('shows names of a fast source while a slow one is pending', async () => {
    const many = Array.from({ length: 150 }, (_, at) => `p${at}`);
    const {
      find,
      clock,
      requests: asked,
    } = open({
      Acme: { names: [], takes: 2000 },
      Town: { names: [...many, 'payments'], takes: 20 },
    });
    await find('x');
    await clock.pass(3000, 10);
    expect((await find('p')).names).toContain('p0 Town');
    expect(await find('pay')).toMatchObject({ names: 'payments Town', isComplete: false });
    expect(asked).toEqual(['x', 'p', 'pay']);
  });

  it('does not wait if no source has responded in time', async () => {
    const { find, clock } = open({ Acme: { names: ['plant'], takes: 5000 } });
    await find('p');
    await clock.pass(10_000, 100);
    expect((await find('q')).after).toBeLessThan(100);
  });

  it('aborts the request to a source with its own', async () => {
    const { find, given, clock } = open({ Acme: { names: ['plant'], takes: 200 } });
    const ending = new AbortController();
    const finding = expect(find('pl', ending.signal)).rejects.toMatchObject({ name: 'AbortError' });
    await clock.pass(20, 10);
    ending.abort();
    await clock.pass(20, 10);
    await finding;
    expect(given.map(signal => signal.aborted)).toEqual([true]);
  });

  it('sends one request at a time', async () => {
    const {
      elsewhere,
      requests: asked,
      given,
      clock,
    } = open({ Acme: { names: ['plant'], takes: 250 } });
    const { signal } = new AbortController();
    const first = elsewhere.find({ text: 'x', kinds: ['Group'] }, signal);
    await clock.pass(20, 10);
    const second = elsewhere.find({ text: 'pl', kinds: ['Group'] }, signal);
    await clock.pass(20, 10);
    const third = elsewhere.find({ text: 'pla', kinds: ['Group'] }, signal);
    await clock.pass(600, 10);
    expect((await first).isComplete).toBe(false);
    expect((await second).entities).toHaveLength(1);
    expect((await third).entities).toHaveLength(1);
    expect([asked, given.map(each => each.aborted)]).toEqual([
      ['x', 'pl'],
      [true, false],
    ]);
  });

  it('skips a source for a minute after it failed', async () => {
    const { find, requests: asked, clock } = open({ Acme: { names: [], hasFailed: true } });
    expect(await find('a')).toMatchObject({ names: '', isComplete: true });
    await find('b');
    expect(asked).toEqual(['a']);
    await clock.pass(61_000);
    await find('b');
    expect(asked).toEqual(['a', 'b']);
  });

  it('gets results of a request whose first caller was aborted', async () => {
    const { elsewhere, requests: asked, clock } = open({ Acme: { names: ['plant'], takes: 100 } });
    const ending = new AbortController();
    const first = elsewhere.find({ text: 'p', kinds: ['Group'] }, ending.signal);
    const result = expect(first).rejects.toMatchObject({ name: 'AbortError' });
    await clock.pass(50, 10);
    const second = elsewhere.find({ text: 'pl', kinds: ['Group'] }, new AbortController().signal);
    await clock.pass(10, 10);
    ending.abort();
    await clock.pass(300, 10);
    await result;
    expect([asked, (await second).entities.length]).toEqual([['p'], 1]);
  });

  it('returns cached names if the source fails', async () => {
    const clock = new ManualClock();
    let isBroken = false;
    const elsewhere = new SourceEntityFinder({
      clock,
      logger: silentLogger,
      ask: (_, { onAnswer }) => {
        if (isBroken) return Promise.reject(new Error('the connection is gone'));
        onAnswer({ source: aSource({ id: 'a' }), entities: [aGroup('plant')], isComplete: false });
        return Promise.resolve();
      },
    });
    const { signal } = new AbortController();
    await elsewhere.find({ text: 'p' }, signal);
    isBroken = true;
    expect((await elsewhere.find({ text: 'pl' }, signal)).entities).toHaveLength(1);
  });

  it('requests names again after the clock was set back', async () => {
    const { find, requests: asked, clock } = open({ Acme: { names: ['plant'] } });
    await find('p');
    clock.jump(-3_600_000);
    expect(await find('p')).toMatchObject({ names: 'plant Acme', isComplete: true });
    expect(asked).toEqual(['p', 'p']);
    const failing = open({ Acme: { names: [], hasFailed: true } });
    await failing.find('a');
    failing.clock.jump(-3_600_000);
    await failing.find('b');
    expect(failing.requests).toEqual(['a', 'b']);
  });
});

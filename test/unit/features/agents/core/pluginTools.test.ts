import { describe, expect, it } from 'vitest';
import { answerWithPluginTools, type PluginTool } from '../../../../../src/features/agents/core';

const { signal } = new AbortController();

const aTool = (run: PluginTool['run']): PluginTool => ({
  id: 'metrics_ratings',
  title: 'Ratings',
  description: 'Returns ratings.',
  inputSchema: { type: 'object' },
  run,
});

describe('tools of plugins in the editor', () => {
  it('are listed with their schemas', async () => {
    const answer = await answerWithPluginTools([aTool(() => 1)], {}, signal);
    expect(JSON.parse(answer.text)).toEqual([
      {
        tool: 'metrics_ratings',
        title: 'Ratings',
        description: 'Returns ratings.',
        inputSchema: { type: 'object' },
      },
    ]);
  });

  it('run with their input', async () => {
    const tool = aTool(({ ref }) => ({ ref: ref ?? '', rating: 'B' }));
    const input = { tool: 'metrics_ratings', input: { ref: 'shop' } };
    expect(await answerWithPluginTools([tool], input, signal)).toMatchObject({
      type: 'answer',
      text: '{\n  "ref": "shop",\n  "rating": "B"\n}',
    });
  });

  it('say why they fail', async () => {
    const tool = aTool(() => Promise.reject(new Error('no network')));
    const ask = (input: unknown) => answerWithPluginTools([tool], input, signal);
    expect([await ask({ tool: 'metrics_ratings' }), await ask({ tool: 'metrics' })]).toEqual([
      { type: 'refusal', text: 'metrics_ratings failed: no network' },
      { type: 'refusal', text: 'Unknown tool "metrics". Available: metrics_ratings.' },
    ]);
  });

  it('end with the request', async () => {
    const abort = new AbortController();
    const tool = aTool((_, given) => {
      abort.abort();
      given.throwIfAborted();
      return 1;
    });
    await expect(
      answerWithPluginTools([tool], { tool: tool.id }, abort.signal),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });
});

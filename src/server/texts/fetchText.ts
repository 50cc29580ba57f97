/** Gets a text over the network; rejects where it cannot. */
export type FetchText = (url: string, signal: AbortSignal) => Promise<string>;

/** In characters. */
const LONGEST = 4_000_000;

/**
 * By the platform's own `fetch`. Whoever asks has decided on the host: a redirect might lead to another,
 * and is refused.
 */
export const fetchText: FetchText = async (url, signal) => {
  const response = await fetch(url, { signal, redirect: 'error', credentials: 'omit' });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > LONGEST) throw new Error(`${url} is larger than what is read of a schema`);
  }
  return text + decoder.decode();
};

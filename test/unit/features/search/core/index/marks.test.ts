import { describe, expect, it } from 'vitest';
import { anIndexOf, ask, marked } from '../../../../../support/searchIndex';

function titleFor(query: string, title: string): string | undefined {
  const [hit] = ask(anIndexOf([{ id: 'a', title }]), query).hits;
  return hit && marked(hit.title);
}

function snippetFor(query: string, text: string): string | undefined {
  const [hit] = ask(anIndexOf([{ id: 'ferry', title: 'Ferry', text }]), query).hits;
  return hit?.snippet && marked(hit.snippet);
}

describe('highlights in titles', () => {
  it.each([
    ['the word', 'gate', 'The gate service', 'The [gate] service'],
    ['the typed prefix', 'serv', 'The gate service', 'The gate [serv]ice'],
    ['each word', 'gate service', 'The gate service', 'The [gate] [service]'],
    ['a word within a name', 'service', 'orderServiceV2', 'order[Service]V2'],
    ['a name without its separators', 'orderserv', 'order-service', '[order-serv]ice'],
    ['the original of a folded word', 'cafe', 'Le Café-Crème', 'Le [Café]-Crème'],
    ['combining marks on letters', 'cafe', 'Le Cafe\u0301s', 'Le [Cafe\u0301]s'],
    ['a word before another one without spaces', '한국어', '한국어 서비스', '[한국어] 서비스'],
    ['a word with a soft hyphen', 'software', 'Soft\u00adware Kit', '[Soft\u00adware] Kit'],
    ['a Greek prefix', 'οδοσ', 'ΟΔΟΣΗΜΑΝΣΗ', '[ΟΔΟΣ]ΗΜΑΝΣΗ'],
    ['combining marks on kana', 'が', 'か\u3099くせい', '[か\u3099]くせい'],
    [
      'syllables of several parts',
      '한국',
      '한국어'.normalize('NFD'),
      `[${'한국'.normalize('NFD')}]${'어'.normalize('NFD')}`,
    ],
    ['one letter folded to two', 'strass', 'Große Straße', 'Große [Straß]e'],
    ['a misspelled prefix', 'paymnt', 'Old Payments', 'Old [Payment]s'],
    ['swapped letters', 'gaet', 'The gate', 'The [gate]'],
    ['a phrase with a word of several', '"the s3 gate"', 'To the S3-Gate', 'To [the S3-Gate]'],
    ['the typed part of a phrase', '"gate serv', 'The gate service', 'The [gate serv]ice'],
    ['the typed part of a quoted word', '"serv', 'The gate service', 'The gate [serv]ice'],
    ['a phrase', '"gate service"', 'The gate service gate', 'The [gate service] gate'],
    ['pairs of characters', '服务', '订单服务 🚢', '订单[服务] 🚢'],
    ['a word after a surrogate pair', 'gate', '🚢 gate', '🚢 [gate]'],
    [
      'the path of an operation',
      '/orders/{id}',
      'GET /orders/{id}/items',
      'GET /[orders/{id]}/items',
    ],
  ])('%s', (_, query, title, expected) => {
    expect(titleFor(query, title)).toBe(expected);
  });
});

describe('snippets', () => {
  const filler = 'It comes back to where it was in the evening, as all of them do. '.repeat(6);

  it.each([
    ['a short text unchanged', 'harbour', 'To the harbour.', 'To the [harbour].'],
    ['the beginning without a match', 'ferry', 'To the sea.', 'To the sea.'],
    ['collapsed whitespace', 'sea', 'To\n\n  the\tsea', 'To the [sea]'],
  ])('%s', (_, query, text, expected) => {
    expect(snippetFor(query, text)).toBe(expected);
  });

  it('show the place with most words, cut between words', () => {
    const text = `A valve. ${filler}Open the sea valve slowly. ${filler}`;
    expect(snippetFor('open valve', text)).toBe(
      '… of them do. It comes back to where it was in the evening, as all of them do. [Open] the sea [valve] slowly. It comes back to where it was in the evening, as all of them do. It comes …',
    );
  });

  it('show a long phrase completely', () => {
    const words = Array.from({ length: 24 }, (_, at) => `seaworthy${at}`).join(' ');
    const shown = snippetFor(`"${words}"`, `${filler}${words}. ${filler}`);
    expect(shown).toContain(`[${words}]`);
    expect(shown?.length).toBeLessThan(400);
  });

  it('truncate a very long match', () => {
    const word = 'x'.repeat(100_000);
    const shown = snippetFor(word, `${filler}${word}🚢 ${filler}`);
    expect(shown).toMatch(/^… .*evening, as all of them do\. \[x{300,400}\] …$/);
  });

  it('are undefined without text', () => {
    const [hit] = ask(anIndexOf([{ id: 'ferry' }]), 'ferry').hits;
    expect(hit?.snippet).toBeUndefined();
  });
});

describe('matches outside title and text', () => {
  const document = {
    id: 'booking',
    title: 'Booking',
    text: 'Sells tickets for the ferry.',
    names: ['GET /orders'],
    keywords: ['java', 'ferry-crew', 'java-17'],
    ref: 'component:default/booking',
    isEntity: true,
  };

  it.each([
    ['a keyword', 'java', ['[java]']],
    ['a word of a keyword', 'crew', ['ferry-[crew]']],
    ['another name', 'orders', ['GET /[orders]']],
    ['the ref', 'component:default/booking', ['[component:default/booking]']],
    ['the word that title and text lack', 'booking ferry crew', ['[ferry-crew]']],
    ['nothing for words of the text', 'tickets ferry', undefined],
    ['nothing for words of the title', 'book', undefined],
  ])('shows %s', (_, query, expected) => {
    const [hit] = ask(anIndexOf([document]), query).hits;
    expect(hit?.matches?.map(marked)).toEqual(expected);
  });
});

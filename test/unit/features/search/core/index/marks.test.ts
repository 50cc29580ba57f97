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

describe('Marks in titles', () => {
  it.each([
    ['the word', 'gate', 'The gate service', 'The [gate] service'],
    ['as much as was typed', 'serv', 'The gate service', 'The gate [serv]ice'],
    ['each word', 'gate service', 'The gate service', 'The [gate] [service]'],
    ['a word within a name', 'service', 'orderServiceV2', 'order[Service]V2'],
    ['a name without its separators', 'orderserv', 'order-service', '[order-serv]ice'],
    ['the original of what is folded', 'cafe', 'Le Café-Crème', 'Le [Café]-Crème'],
    ['marks put onto letters', 'cafe', 'Le Cafe\u0301s', 'Le [Cafe\u0301]s'],
    ['a word of signs with another behind it', '한국어', '한국어 서비스', '[한국어] 서비스'],
    ['a word with a soft hyphen', 'software', 'Soft\u00adware Kit', '[Soft\u00adware] Kit'],
    ['a Greek word that goes on', 'οδοσ', 'ΟΔΟΣΗΜΑΝΣΗ', '[ΟΔΟΣ]ΗΜΑΝΣΗ'],
    ['marks put onto signs', 'が', 'か\u3099くせい', '[か\u3099]くせい'],
    [
      'signs of several parts',
      '한국',
      '한국어'.normalize('NFD'),
      `[${'한국'.normalize('NFD')}]${'어'.normalize('NFD')}`,
    ],
    ['one letter that is two', 'strass', 'Große Straße', 'Große [Straß]e'],
    ['a misspelt word as far as it goes', 'paymnt', 'Old Payments', 'Old [Payment]s'],
    ['letters in each other’s place', 'gaet', 'The gate', 'The [gate]'],
    ['a phrase with a word of several', '"the s3 gate"', 'To the S3-Gate', 'To [the S3-Gate]'],
    ['a phrase as far as it is typed', '"gate serv', 'The gate service', 'The [gate serv]ice'],
    ['a word in quotes as far as it is typed', '"serv', 'The gate service', 'The gate [serv]ice'],
    ['a phrase', '"gate service"', 'The gate service gate', 'The [gate service] gate'],
    ['pairs of signs', '服务', '订单服务 🚢', '订单[服务] 🚢'],
    ['behind what is two units long', 'gate', '🚢 gate', '🚢 [gate]'],
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

describe('Snippets', () => {
  const filler = 'It comes back to where it was in the evening, as all of them do. '.repeat(6);

  it.each([
    ['a short text as it is', 'harbour', 'To the harbour.', 'To the [harbour].'],
    ['the beginning where no word stands in it', 'ferry', 'To the sea.', 'To the sea.'],
    ['one space for all', 'sea', 'To\n\n  the\tsea', 'To the [sea]'],
  ])('%s', (_, query, text, expected) => {
    expect(snippetFor(query, text)).toBe(expected);
  });

  it('show the place where most of the words stand, cut between words', () => {
    const text = `A valve. ${filler}Open the sea valve slowly. ${filler}`;
    expect(snippetFor('open valve', text)).toBe(
      '… of them do. It comes back to where it was in the evening, as all of them do. [Open] the sea [valve] slowly. It comes back to where it was in the evening, as all of them do. It comes …',
    );
  });

  it('show a phrase also where it is as long as they are', () => {
    const words = Array.from({ length: 24 }, (_, at) => `seaworthy${at}`).join(' ');
    const shown = snippetFor(`"${words}"`, `${filler}${words}. ${filler}`);
    expect(shown).toContain(`[${words}]`);
    expect(shown?.length).toBeLessThan(400);
  });

  it('show of one that is far longer the beginning', () => {
    const word = 'x'.repeat(100_000);
    const shown = snippetFor(word, `${filler}${word}🚢 ${filler}`);
    expect(shown).toMatch(/^… .*evening, as all of them do\. \[x{300,400}\] …$/);
  });

  it('are undefined where there is no text', () => {
    const [hit] = ask(anIndexOf([{ id: 'ferry' }]), 'ferry').hits;
    expect(hit?.snippet).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import {
  squeezed,
  tokenize,
} from '../../../../../../../src/features/search/core/index/text/tokenize';

const terms = (text: string, mode: 'name' | 'text' | 'query'): readonly string[] =>
  tokenize(text, mode).map(({ term }) => term);

describe('words of a name', () => {
  it.each([
    ['order-service', ['order', 'service', 'orderservice']],
    ['orderService', ['order', 'service', 'orderservice']],
    ['HTTPServer', ['http', 'server', 'httpserver']],
    ['Order Service', ['order', 'service', 'orderservice']],
    ['s3-bucket', ['s', '3', 's3', 'bucket', 's3bucket']],
    ['/orders/{id}', ['orders', 'id', 'ordersid']],
    ['a1b2c3d4', ['a', '1', 'b', '2', 'c', '3', 'd', '4', 'a1b2c3d4']],
    ['Café', ['cafe']],
    ['Straße', ['strasse']],
    ['ΟΔΟΣ οδός', ['οδοσ', 'οδοσ', 'οδοσοδοσ']],
    ['Soft\u00adware', ['software']],
    ['\u00ad \u00ad', []],
    ['C#', ['c', 'c#']],
    ['C# Kit', ['c', 'c#', 'kit', 'ckit']],
    ['F1#', ['f', '1', 'f1', 'f1#']],
    ['订单服务', ['订单', '单服', '服务', '务']],
    ['がくせい'.normalize('NFD'), ['がく', 'くせ', 'せい', 'い']],
    ['ﾊﾟｲﾌﾟ', ['パイ', 'イプ', 'プ']],
    ['한국어'.normalize('NFD'), ['한국', '국어', '어']],
    ['', []],
    ['…', []],
  ])('%s', (text, expected) => {
    expect(terms(text, 'name')).toEqual(expected);
  });
});

describe('words of a text', () => {
  it.each([
    ['See order-service.', ['see', 'order', 'service', 'orderservice']],
    ['e.g. a/b', ['e', 'g', 'eg', 'a', 'b']],
    ['don’t', ['don', 't', 'dont']],
    ['page#heading', ['page', 'heading']],
  ])('%s', (text, expected) => {
    expect(terms(text, 'text')).toEqual(expected);
  });
});

it('splits the words of a query only at separators', () => {
  expect(terms('s3-bucket', 'query')).toEqual(['s3', 'bucket', 's3bucket']);
});

it('returns the places of words in the original', () => {
  const text = 'Über OrderService';
  const places = tokenize(text, 'text').map(({ from, to, position, parts }) => [
    text.slice(from, to),
    position,
    parts,
  ]);
  expect(places).toEqual([
    ['Über', 0, 1],
    ['Order', 1, 1],
    ['Service', 2, 1],
    ['OrderService', 1, 2],
  ]);
});

it('truncates long words', () => {
  expect(terms('x'.repeat(1_000_000), 'text').map(({ length }) => length)).toEqual([48]);
});

it('treats names that differ only in separators as equal', () => {
  expect(['Order Service', 'order-service', '/order/{service}'].map(squeezed)).toEqual([
    'orderservice',
    'orderservice',
    'orderservice',
  ]);
});

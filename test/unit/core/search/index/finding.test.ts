import { describe, expect, it } from 'vitest';
import { anIndexOf, ask, found } from '../../../../support/searchIndex';

describe('What is found', () => {
  const services = anIndexOf([
    { id: 'order-service', names: ['order-service'], title: 'Orders' },
    { id: 'paymentService', text: 'Takes the money' },
    { id: 'fleet', names: ['FleetTracker'], title: 'Fleet of 3 ferries' },
    { id: 'cafe', title: 'Café Zürich' },
  ]);
  it.each([
    ['a name', 'order-service', ['order-service']],
    ['a part of it', 'service', ['order-service', 'paymentService']],
    ['a beginning of it', 'ord', ['order-service']],
    ['a name without what separates its words', 'orderservice', ['order-service']],
    ['a name with other separators', 'order_service', ['order-service']],
    ['separators that the name has not', 'payment-service', ['paymentService']],
    ['a name in capitals within', 'fleettracker', ['fleet']],
    ['a word of its capitals', 'tracker', ['fleet']],
    ['its words with a space', 'fleet tracker', ['fleet']],
    ['words of several fields', 'payment money', ['paymentService']],
    ['a word without its diacritics', 'cafe zurich', ['cafe']],
    ['a word with them', 'café', ['cafe']],
    ['the singular of a plural', 'ferry', ['fleet']],
    ['not what lacks a word', 'payment tracker', []],
    ['not the middle of a word', 'rvice', []],
  ])('%s', (_, query, expected) => {
    expect([...found(services, query)].sort()).toEqual(expected);
  });
});

it('answers something', () => {
  const index = anIndexOf([{ id: 'a', title: 'Payments service', text: 'All about payments' }]);
  expect(ask(index, 'paymnt servce')).toMatchObject({ total: 1 });
});

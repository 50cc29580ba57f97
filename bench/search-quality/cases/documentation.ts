import type { QualityGroup } from '../types';
import { sectionOfEachArea } from './sets';

/* What stands in docs: phrases, headings, and words of an area together with those of a page. */

export const documentation: readonly QualityGroup[] = [
  {
    intent: 'phrase',
    corpus: 'demo',
    cases: [
      {
        query: '"the tide wins"',
        expected: ['docs:timetable/docs/index.md'],
        why: 'ends a sentence',
      },
      {
        query: '"message in a bottle"',
        expected: ['docs:handbook/docs/building/new-service.md'],
        why: 'in an admonition',
      },
      {
        query: '"post offices"',
        expected: [
          'component:default/printed-timetable',
          'docs:timetable/docs/decisions/0002-keep-the-paper.md',
        ],
        why: 'in a description, and on a page',
      },
      {
        query: '"believe the quay"',
        expected: ['docs:booking/docs/runbooks/oversold.md'],
        why: 'in a list',
      },
      {
        query: '"coast guard"',
        expected: ['docs:handbook/docs/sailing/on-call.md'],
        why: 'in an admonition',
      },
      {
        query: '"life jacket"',
        expected: ['docs:handbook/docs/index.md'],
        why: 'in a list of tasks',
      },
      {
        query: '"quiet between two tides"',
        expected: ['docs:handbook/docs/sailing/glossary.md'],
        why: 'in a definition',
      },
      {
        query: '"first season" dog',
        expected: ['docs:booking/docs/how-it-works/fares.md'],
        why: 'a phrase and a word',
      },
    ],
  },
  {
    intent: 'heading',
    corpus: 'demo',
    cases: [
      {
        query: 'Numbers worth knowing',
        expected: ['docs:booking/docs/index.md#numbers-worth-knowing'],
        why: 'a heading',
      },
      {
        query: 'who does what',
        expected: ['docs:handbook/docs/index.md#who-does-what'],
        why: 'a heading',
      },
      {
        query: 'what you can use',
        expected: ['docs:handbook/docs/building/writing-docs.md#what-you-can-use'],
        why: 'a heading',
      },
      {
        query: 'neighbours',
        expected: ['docs:booking/docs/index.md#neighbours'],
        why: 'a heading',
      },
      {
        query: 'car deck oversold',
        expected: ['docs:booking/docs/runbooks/oversold.md'],
        why: 'the title of a page',
      },
      {
        query: 'on call',
        expected: ['docs:handbook/docs/sailing/on-call.md'],
        why: 'the title of a page',
      },
      {
        query: 'keep the paper',
        expected: ['docs:timetable/docs/decisions/0002-keep-the-paper.md'],
        why: 'the title of a decision',
      },
      {
        query: 'following ships',
        expected: ['docs:fleet/vessel-tracker/docs/following.md'],
        why: 'the title of a page',
      },
    ],
  },
  {
    intent: 'words of a page',
    corpus: 'demo',
    cases: [
      { query: 'slack water', expected: ['docs:handbook/docs/sailing/glossary.md'], why: 'a term' },
      {
        query: 'why is the second dog free',
        expected: ['docs:booking/docs/how-it-works/fares.md'],
        why: 'a question as it is put',
      },
      {
        query: 'persisted query',
        expected: ['docs:timetable/docs/decisions/0001-graphql.md'],
        why: 'a consequence',
      },
      { query: 'draught', expected: ['docs:timetable/docs/tides.md'], why: 'a term' },
      {
        query: 'estimated position fog',
        expected: ['docs:fleet/vessel-tracker/docs/index.md'],
        why: 'what to do in fog',
      },
      {
        query: 'example.com/tier',
        expected: ['docs:handbook/docs/building/new-service.md'],
        why: 'a label',
      },
      {
        query: 'overbooked-kind',
        expected: ['docs:booking/docs/runbooks/oversold.md'],
        why: 'the name of a template of mails',
      },
    ],
  },
  {
    intent: 'phrase',
    corpus: 'invented',
    cases: [
      {
        query: '"declare first, diagnose later"',
        expected: ['docs:handbook/docs/security/incident-response.md'],
        why: 'the first sentence',
      },
      {
        query: '"tax office"',
        expected: ['docs:handbook/docs/legal/erasure.md#what-we-keep-anyway'],
        why: 'in a sentence',
      },
      {
        query: '"never rename a column"',
        expected: ['docs:handbook/docs/engineering/migrations.md'],
        why: 'in a sentence',
      },
      {
        query: '"sev-one"',
        expected: ['docs:handbook/docs/security/incident-response.md#severity-levels'],
        why: 'a word with a hyphen',
      },
      {
        query: '"lunch with you"',
        expected: ['docs:handbook/docs/people/onboarding.md#buddy-programme'],
        why: 'in a sentence',
      },
      {
        query: '"cold start" refunds',
        expected: ['docs:refunds/docs/runbook.md#restarting'],
        why: 'a phrase of all areas, and one of them',
      },
    ],
  },
  {
    intent: 'heading',
    corpus: 'invented',
    cases: [
      {
        query: 'idempotency keys',
        expected: ['docs:handbook/docs/engineering/idempotency.md#idempotency-keys'],
        why: 'a heading',
      },
      {
        query: 'rotating credentials',
        expected: ['docs:handbook/docs/security/secrets.md#rotating-credentials'],
        why: 'a heading',
      },
      {
        query: 'dropping a table',
        expected: ['docs:handbook/docs/engineering/migrations.md#dropping-a-table'],
        why: 'a heading',
      },
      {
        query: 'tiny pull requests',
        expected: ['docs:handbook/docs/engineering/code-review.md#tiny-pull-requests'],
        why: 'a heading',
      },
      {
        query: 'retries backoff',
        expected: ['docs:handbook/docs/engineering/idempotency.md#retries-and-backoff'],
        why: 'a heading without its small word',
      },
      {
        query: 'requesting acess',
        expected: ['docs:handbook/docs/people/onboarding.md#requesting-access'],
        why: 'a heading, a letter missing',
      },
      {
        query: 'error codes',
        expected: [...sectionOfEachArea('api-guide.md', 'Error codes')],
        why: 'a heading that all have',
      },
    ],
  },
  {
    intent: 'words of a page',
    corpus: 'invented',
    cases: [
      {
        query: 'payments runbook',
        expected: ['docs:payments/docs/runbook.md'],
        why: 'the page of an area',
      },
      {
        query: 'refunds api guide',
        expected: ['docs:refunds/docs/api-guide.md'],
        why: 'the page of an area',
      },
      {
        query: 'orders rollback',
        expected: ['docs:orders/docs/releases.md#rollback'],
        why: 'an area, and a heading of all areas',
      },
      {
        query: 'billing restore backup',
        expected: ['docs:billing/docs/runbook.md#restoring-a-backup'],
        why: 'an area, and nearly a heading',
      },
      {
        query: 'warehouse data model',
        expected: ['docs:warehouse/docs/architecture.md#data-model'],
        why: 'an area, and a heading of all areas',
      },
      {
        query: 'gdpr forgotten',
        expected: ['docs:handbook/docs/legal/erasure.md'],
        why: 'what the law calls it',
      },
      {
        query: 'bearer token loyalty',
        expected: ['docs:loyalty/docs/api-guide.md#authentication'],
        why: 'words of the text, and an area',
      },
      {
        query: 'backfill',
        expected: ['docs:handbook/docs/engineering/migrations.md'],
        why: 'a word of the text',
      },
    ],
  },
];

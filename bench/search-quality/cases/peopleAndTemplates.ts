import type { QualityGroup } from '../types';

/* People, teams, templates and what these ask for. */

export const peopleAndTemplates: readonly QualityGroup[] = [
  {
    intent: 'people and teams',
    corpus: 'demo',
    cases: [
      { query: 'Nell Foghorn', expected: ['user:default/nell.foghorn'], why: 'a name' },
      { query: 'foghorn', expected: ['user:default/nell.foghorn'], why: 'a family name' },
      { query: 'marit', expected: ['user:default/marit.fathom'], why: 'a given name' },
      { query: 'idris.keel', expected: ['user:default/idris.keel'], why: 'the name of an account' },
      { query: 'tove hal', expected: ['user:default/tove.halyard'], why: 'a name, unfinished' },
      { query: 'second mate', expected: ['user:default/idris.keel'], why: 'what he was' },
      { query: 'boiler room', expected: ['group:default/team-boiler-room'], why: 'a team' },
      { query: 'pier crew', expected: ['group:harbour/pier-crew'], why: 'a team' },
      { query: 'team welcome', expected: ['group:default/team-welcome'], why: 'a team' },
      { query: 'bridge', expected: ['group:default/team-bridge'], why: 'a team without the word' },
      {
        query: 'platform team',
        expected: ['group:default/team-boiler-room'],
        why: 'what a team is',
      },
    ],
  },
  {
    intent: 'template',
    corpus: 'demo',
    cases: [
      {
        query: 'typescript service',
        expected: ['template:default/typescript-service'],
        why: 'its title',
      },
      { query: 'sailing report', expected: ['template:default/sailing-report'], why: 'its title' },
      {
        query: 'health check',
        expected: ['template:default/typescript-service'],
        why: 'what it brings',
      },
      {
        query: 'storageName',
        expected: ['template:default/typescript-service'],
        why: 'a parameter',
      },
      {
        query: 'passenger data',
        expected: ['template:default/sailing-report'],
        why: 'the title of a parameter',
      },
    ],
  },
  {
    intent: 'people and teams',
    corpus: 'invented',
    cases: [
      { query: 'Grace Okonkwo', expected: ['user:default/grace.okonkwo'], why: 'a name' },
      { query: 'okonkwo', expected: ['user:default/grace.okonkwo'], why: 'a family name' },
      {
        query: 'raghu',
        expected: ['user:default/priya.raghunathan'],
        why: 'a family name, unfinished',
      },
      {
        query: 'head of finance',
        expected: ['user:default/anneliese.mueller'],
        why: 'what she does',
      },
      { query: 'site reliability', expected: ['group:default/site-reliability'], why: 'a team' },
      {
        query: 'platform eng',
        expected: ['group:default/platform-engineering'],
        why: 'a team, unfinished',
      },
      { query: 'team payments', expected: ['group:default/team-payments'], why: 'a team' },
      {
        query: 'search and discovery',
        expected: ['user:default/priya.raghunathan'],
        why: 'what she does',
      },
      { query: 'principal engineer', expected: ['user:default/grace.okonkwo'], why: 'what she is' },
    ],
  },
  {
    intent: 'template',
    corpus: 'invented',
    cases: [
      {
        query: 'spring boot',
        expected: ['template:default/spring-boot-service'],
        why: 'the beginning of its title',
      },
      { query: 'kafka consumer', expected: ['template:default/kafka-consumer'], why: 'its title' },
      {
        query: 'deadLetterTopic',
        expected: ['template:default/kafka-consumer'],
        why: 'a parameter',
      },
      {
        query: 'java version',
        expected: ['template:default/spring-boot-service'],
        why: 'the title of a parameter',
      },
      {
        query: 'storybook',
        expected: ['template:default/react-frontend'],
        why: 'the title of a parameter',
      },
      {
        query: 'bucket for the state',
        expected: ['template:default/terraform-module'],
        why: 'the title of a parameter',
      },
    ],
  },
];

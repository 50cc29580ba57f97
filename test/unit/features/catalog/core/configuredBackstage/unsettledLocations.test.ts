import { expect, it } from 'vitest';
import { EMPTY_RANGE } from '../../../../../../src/base';
import type { RefreshState } from '../../../../../../src/features/catalog/core/configuredBackstage/refreshState';
import { problemsOfState } from '../../../../../../src/features/catalog/core/configuredBackstage/stateProblems';

it("reports each Location whose processing didn't settle", () => {
  const row = (ref: string) => ({
    ref,
    document: {
      source: { file: `file:///${ref}.yaml`, document: 0, nameRange: EMPTY_RANGE },
      rangeOf: () => EMPTY_RANGE,
    },
    outcome: { issues: [], deferred: [] },
    errors: [],
    refused: undefined,
  });
  const state = {
    rows: () => [row('location:default/a'), row('location:default/b')],
    unstable: new Set(['location:default/b']),
  };
  expect(problemsOfState(state as unknown as RefreshState, uri => uri)).toMatchObject([
    { code: 'location-unsettled', entityRef: 'location:default/b', severity: 'warning' },
  ]);
});

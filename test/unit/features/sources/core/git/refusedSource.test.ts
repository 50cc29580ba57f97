import { expect, it, onTestFinished } from 'vitest';
import { openBackstageSource } from '../../../../../../src/features/backstage/core';
import { openRemoteSource } from '../../../../../../src/features/sources/core';
import { catalogOf } from '../../../../../support/gitSources';
import { noHttp } from '../../../../../support/noHttp';
import { sourceDeps } from '../../../../../support/urlSources';

it('a git source without git has no entities and explains where git is available', async () => {
  const source = await openRemoteSource(
    {
      type: 'git',
      id: 'git:shop',
      key: 'shop',
      name: 'Shop',
      allow: ['*'],
      url: 'https://github.com/acme/shop',
      branch: undefined,
      paths: [],
      interval: 60_000,
      color: undefined,
    },
    { ...sourceDeps({ send: () => Promise.reject(new Error('Nobody is asked')) }), http: noHttp },
    openBackstageSource,
  );
  onTestFinished(() => source.dispose());
  await source.restore();
  const catalog = await catalogOf(source);
  expect(catalog.refs()).toEqual([]);
  await expect(
    source.fetch({ signal: new AbortController().signal, onProgress: () => {} }),
  ).rejects.toMatchObject({
    failure: 'local',
    message: "Git repositories can't be fetched here",
    advice: expect.stringContaining('on the desktop') as string,
  });
  await source.forget();
  expect(source.fetchedAt).toBeUndefined();
});

import {
  portalNotificationParams,
  portalRequestParams,
  portalState,
} from '../../../src/features/portal/protocol/validation';
import { pageOfUri } from '../../../src/features/portal/vscode/deepLinks';
import type { Reader } from '../attack';

const FIELDS = [
  'entityRef',
  'query',
  'site',
  'path',
  'target',
  'template',
  'values',
  'name',
  'content',
  'page',
  'picker',
];

/** Readers that import `vscode`, which the tests replace. */
export const editorReaders: readonly Reader[] = [
  {
    name: 'links that open the portal',
    format: 'url',
    sources: [
      'src/features/portal/vscode/deepLinks.ts',
      'src/features/portal/vscode/lazyPortal.ts',
    ],
    frames: [
      '<|>',
      '/entity/<|>',
      '/entity/component:default/<|>',
      '/graph/<|>/<|>',
      '/search/<|>',
    ],
    read: path => {
      try {
        return pageOfUri(path);
      } catch (error) {
        // A sentence that is shown to the user.
        if (error instanceof Error && /there is no such page|Entity reference/.test(error.message))
          return error.message;
        throw error;
      }
    },
  },
  {
    name: 'parameters of messages of pages',
    format: 'value',
    sources: ['src/features/portal/protocol/validation/'],
    frames: [
      '<|>',
      ...FIELDS.map(field => `{"${field}":<|>}`),
      '{"target":{"type":"command","command":<|>,"arguments":[<|>]}}',
    ],
    read: text => {
      const value: unknown = JSON.parse(text);
      const checks = [
        ...Object.values(portalRequestParams),
        ...Object.values(portalNotificationParams),
        portalState,
      ];
      return checks.map(check => check.safeParse(value).data);
    },
  },
];

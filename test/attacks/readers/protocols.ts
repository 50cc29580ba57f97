import { PassThrough } from 'node:stream';
import { createPortalPlugin, type PortalPlugin } from '../../../src/api';
import { silentLogger } from '../../../src/base';
import { serveMcpOnStdio } from '../../../src/features/agents/cli/serveMcp';
import { PluginHost, PortalContributions } from '../../../src/features/plugins/core';
import { readPluginManifest } from '../../../src/features/plugins/cli/pluginManifest';
import { PluginFiles } from '../../../src/features/plugins/core/declarative/pluginFiles';
import { checkActions, checkContent } from '../../../src/features/portal/core/checkContent';
import { NodeClock } from '../../../src/platform/node';
import { fileUri } from '../../support/inMemoryFileSystem';
import type { Reader } from '../attack';
import { filesAt } from './places';

/** Sends a text to a server, and returns its output until it closes the connection. */
async function conversation(
  text: string,
  serve: (streams: { stdin: PassThrough; stdout: PassThrough }) => Promise<unknown>,
): Promise<string> {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  const chunks: Buffer[] = [];
  stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = serve({ stdin, stdout });
  stdin.end(text);
  // A server that stops reading never reaches the end.
  stdin.once('pause', () => setImmediate(() => stdin.destroy()));
  await ended;
  return Buffer.concat(chunks).toString('utf8');
}

const INITIALIZE =
  '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"a","version":"1"}}}\n{"jsonrpc":"2.0","method":"notifications/initialized"}\n';

/** Registers a value as an extension would, from JSON. */
async function register(value: unknown): Promise<unknown> {
  const logged: unknown[] = [];
  const log = (...parts: readonly unknown[]): unknown => logged.push(...parts);
  const host = new PluginHost({
    logger: { ...silentLogger, error: log, warn: log },
    clock: new NodeClock(),
  });
  const contributions = new PortalContributions();
  const refused: unknown[] = [];
  const attempt = (run: () => unknown): void => {
    try {
      run();
    } catch (error) {
      // The caller gets the error.
      refused.push(error);
    }
  };
  attempt(() => host.register(value as PortalPlugin));
  attempt(() => host.register(createPortalPlugin(value as PortalPlugin)));
  attempt(() => contributions.addEntityCard(value as never));
  attempt(() => contributions.addEntityTab(value as never));
  attempt(() => contributions.addHomeCard(value as never));
  const plugins = host.plugins.map(({ id, status }) => [id, status]);
  host.dispose();
  return Promise.resolve([plugins, refused, logged]);
}

export const protocolReaders: readonly Reader[] = [
  {
    name: 'lines of callboard mcp',
    format: 'json',
    sources: ['src/features/agents/cli/serveMcp.ts'],
    families: ['mcp'],
    frames: [
      '<|>\n',
      `${INITIALIZE}<|>\n`,
      `${INITIALIZE}[<|>,<|>]\n`,
      `${INITIALIZE}{"jsonrpc":"2.0","id":<|>,"method":"tools/list"}\n`,
      `${INITIALIZE}{"jsonrpc":"2.0","id":2,"method":<|>,"params":<|>}\n`,
      `${INITIALIZE}{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":<|>,"arguments":<|>}}\n`,
      `${INITIALIZE}{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"find","_meta":<|>}}\n`,
      `${INITIALIZE}{"jsonrpc":"2.0","method":"notifications/cancelled","params":<|>}\n`,
    ],
    scale: 0.5,
    read: async text => {
      const errors: string[] = [];
      const { signal } = new AbortController();
      const answers = await conversation(text, streams =>
        serveMcpOnStdio(
          {
            version: '1',
            hasSources: false,
            services: () => Promise.reject(new Error('There is no workspace')),
            onError: message => errors.push(message),
            signal,
          },
          streams,
        ),
      );
      return [answers, errors];
    },
  },
  {
    name: 'declarations of plugins',
    format: 'value',
    sources: ['src/features/plugins/core/'],
    frames: [
      '<|>',
      '{"id":<|>,"title":<|>}',
      '{"id":"a","title":"b","width":<|>,"order":<|>}',
      '{"id":"a","title":"b","icon":<|>,"load":<|>}',
      '{"id":"a","register":<|>}',
    ],
    read: text => register(JSON.parse(text)),
  },
  {
    name: 'files of plugins without code',
    format: 'yaml',
    sources: ['src/features/plugins/core/declarative/'],
    frames: [
      '<|>',
      'apiVersion: 1\nid: a\ntitle: b\nlinks: <|>\n',
      'apiVersion: 1\nid: a\ntitle: b\nsearch: [{ id: c, title: d, files: <|> }]\n',
      'apiVersion: 1\nid: a\ntitle: b\nlinks: [{ title: <|>, url: <|>, when: <|> }]\n',
    ],
    async read(text) {
      const files = new PluginFiles(filesAt({ '.callboard/plugin.yaml': text }));
      await files.readRoot(fileUri('/work'));
      return [files.plugins.map(({ declaration }) => declaration), files.problems];
    },
  },
  {
    name: 'package.json of a plugin to pack',
    format: 'json',
    sources: ['src/features/plugins/cli/pluginManifest.ts'],
    frames: ['<|>', '{"name": <|>, "version": <|>}', '{"name": "a", "main": <|>, "icon": <|>}'],
    read: text => readPluginManifest(fileUri('/work'), filesAt({ 'package.json': text })),
  },
  {
    name: 'contents of cards of plugins',
    format: 'value',
    sources: ['src/features/portal/core/checkContent.ts'],
    frames: [
      '<|>',
      '[<|>]',
      '{"type":<|>}',
      '{"type":"sections","sections":[{"title":<|>,"content":<|>}]}',
      '{"type":"fields","fields":[{"label":<|>,"value":[<|>]}]}',
      '{"type":"tree","items":[{"id":<|>,"label":"a","children":[<|>],"content":<|>}]}',
      '{"type":"links","links":[{"text":<|>,"target":<|>}]}',
      '{"type":"graph","query":<|>}',
    ],
    read: text => {
      const value: unknown = JSON.parse(text);
      return [checkContent(value), checkActions(value)];
    },
  },
];

import { PassThrough } from 'node:stream';
import {
  createConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { silentLogger } from '../../../src/base';
import { NodeClock } from '../../../src/platform/node';
import { limitedMessages } from '../../../src/platform/node/limitedMessages';
import { LanguageServer } from '../../../src/server';
import type { Reader } from '../attack';
import { filesAt } from './places';

const message = (text: string): string =>
  `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;

/** Output of a server for a client that sends these bytes and a shutdown request. */
async function conversation(sent: string): Promise<readonly [string, readonly string[]]> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const errors: string[] = [];
  const limited = input.pipe(limitedMessages(error => errors.push(error)));
  const connection = createConnection(
    new StreamMessageReader(limited),
    new StreamMessageWriter(output),
  );
  const server = new LanguageServer({
    connection,
    fileSystem: filesAt({ 'z.yaml': 'kind: Component\n' }),
    clock: new NodeClock(),
    logger: silentLogger,
    version: '1',
  });
  let answers = '';
  const ended = new Promise<void>(resolve => {
    output.on('data', (chunk: Buffer) => {
      answers += chunk.toString();
      if (answers.includes('"id":"last"')) resolve();
    });
    limited.once('end', () => {
      if (errors.length > 0) resolve();
    });
  });
  server.listen();
  input.write(sent + message('{"jsonrpc":"2.0","id":"last","method":"shutdown"}'));
  await ended;
  server.dispose();
  input.destroy();
  return [answers, errors];
}

const URI = 'file:///work/z.yaml';
const INITIALIZE =
  '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":"file:///work","capabilities":{}}}\n{"jsonrpc":"2.0","method":"initialized","params":{}}\n';
const OPEN = `${INITIALIZE}{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"${URI}","languageId":"yaml","version":1,"text":"a: b"}}}\n`;
const request = (method: string, params: string): string =>
  `${OPEN}{"jsonrpc":"2.0","id":2,"method":"${method}","params":${params}}`;
const notification = (method: string, params: string): string =>
  `${OPEN}{"jsonrpc":"2.0","method":"${method}","params":${params}}`;
const AT = `{"textDocument":{"uri":"${URI}"},"position":<|>,"range":<|>,"context":<|>,"positions":<|>}`;

export const languageServerReaders: readonly Reader[] = [
  {
    name: 'messages of callboard lsp',
    format: 'json',
    sources: [
      'src/server/languageServer.ts',
      'src/server/workspaceFolders.ts',
      'src/server/requests/refactorings.ts',
    ],
    frames: [
      '<|>',
      '{"jsonrpc":"2.0","id":1,"method":"initialize","params":<|>}',
      '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":<|>,"rootUri":<|>,"workspaceFolders":[<|>],"initializationOptions":<|>}}',
      `${OPEN}<|>`,
      `${OPEN}[<|>,<|>]`,
      `${OPEN}{"jsonrpc":"2.0","id":<|>,"method":"textDocument/hover","params":<|>}`,
      `${OPEN}{"jsonrpc":"2.0","id":2,"method":<|>,"params":<|>}`,
      `${OPEN}{"jsonrpc":"2.0","id":<|>,"result":<|>,"error":<|>}`,
      ...['hover', 'completion', 'selectionRange', 'codeAction', 'references', 'rename'].flatMap(
        method => [
          request(`textDocument/${method}`, AT),
          request(`textDocument/${method}`, '{"textDocument":{"uri":<|>}}'),
        ],
      ),
      request('workspace/symbol', '{"query":<|>}'),
      request('workspace/executeCommand', '{"command":<|>,"arguments":<|>}'),
      request('workspace/willRenameFiles', '{"files":[{"oldUri":<|>,"newUri":<|>}]}'),
      notification('textDocument/didOpen', '{"textDocument":<|>}'),
      notification(
        'textDocument/didOpen',
        '{"textDocument":{"uri":<|>,"languageId":<|>,"version":<|>,"text":<|>}}',
      ),
      notification(
        'textDocument/didChange',
        `{"textDocument":{"uri":"${URI}","version":2},"contentChanges":[{"range":<|>,"text":<|>}]}`,
      ),
      notification('workspace/didChangeWatchedFiles', '{"changes":[{"uri":<|>,"type":<|>}]}'),
      notification('workspace/didChangeWorkspaceFolders', '{"event":{"added":<|>,"removed":<|>}}'),
      notification('$/cancelRequest', '{"id":<|>}'),
    ],
    scale: 0.5,
    read: text => conversation(text.split('\n').map(message).join('')),
  },
  {
    name: 'headers of messages of callboard lsp',
    format: 'text',
    sources: ['src/platform/node/limitedMessages.ts'],
    frames: [
      '<|>\r\n\r\n{}',
      'Content-Length: <|>\r\n\r\n{}',
      'Content-Length: 2\r\n<|>\r\n\r\n{}',
      'Content-Length: 2\r\nContent-Type: <|>\r\n\r\n{}',
      'Content-Length: 2\r\n\r\n{}<|>',
    ],
    read: conversation,
  },
];

import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A line as git sends it. */
function packet(text: string): string {
  return `${(text.length + 4).toString(16).padStart(4, '0')}${text}`;
}

const FLUSH = '0000';
const COMMIT = '1'.repeat(40);

/**
 * A git server with a branch `main` that sends endless data instead of its content.
 *
 * @param pause - milliseconds after each line; without it, the server sends as fast as it can
 * @returns `host:port`
 */
export async function serveFlood(pause?: number): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => {});
    let received = '';
    socket.on('data', chunk => {
      received += chunk.toString('latin1');
      if (received.includes('git-upload-pack')) {
        received = '';
        const abilities = ['version 2', 'ls-refs=unborn', 'fetch=shallow', 'object-format=sha1'];
        socket.write(abilities.map(ability => packet(`${ability}\n`)).join('') + FLUSH);
      } else if (received.includes('command=ls-refs') && received.endsWith(FLUSH)) {
        received = '';
        socket.write(packet(`${COMMIT} refs/heads/main\n`) + FLUSH);
      } else if (received.includes('command=fetch') && received.endsWith(FLUSH)) {
        socket.write(packet('packfile\n'));
        if (pause !== undefined) {
          const timer = setInterval(() => socket.write(packet('\x02.\n')), pause);
          socket.on('close', () => clearInterval(timer));
          return;
        }
        const talk = packet(`\x02${`${"repository '".repeat(80)}\n`.repeat(20)}`);
        const go = (): void => {
          while (!socket.destroyed && socket.write(talk));
        };
        socket.on('drain', go);
        go();
      }
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

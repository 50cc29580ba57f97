import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import type { Family, Reader, SpecialFamily } from '../attack';
import type { Random } from '../random';
import { framed } from './syntax';

/*
 * Families that attack a protocol or a file format: they fit the readers whose rows name them.
 */

function protocolFamily(
  name: SpecialFamily,
  generate: (random: Random, size: number, reader: Reader) => string,
): Family {
  return {
    name,
    fits: ({ families = [] }) => families.includes(name),
    generate: (reader, random, size) => generate(random, size, reader),
  };
}

/** Lines of git's own files that refer to files outside of the repository or to programs. */
const GIT_LINES = [
  '[core]\n\tfsmonitor = touch /tmp/callboard-owned',
  '[core]\n\thooksPath = /tmp',
  '[include]\n\tpath = ../../secret',
  '[includeIf "gitdir:/"]\n\tpath = /secret',
  '[remote "origin"]\n\turl = ext::sh -c id',
  '[remote "origin"]\n\turl = --upload-pack=id',
  '[remote "origin"]\n\turl = https://user:password@github.com/a/b.git',
  '[remote "__proto__"]\n\turl = x',
  '[url "ext::sh -c id"]\n\tinsteadOf = https://',
  '[remote "a\\"]\n[b"]\n\turl = \u202ex',
  '[remote "origin"]\n\turl = git@github.com:../../etc/passwd',
  '[remote "origin"]\n\turl = https://github.com/%2e%2e/a',
  'ref: ../../../secret',
  'ref: refs/heads/../../../../secret',
  'ref: refs/heads/a\nref: refs/heads/b',
  'gitdir: ../secret',
  'gitdir: /secret',
  'gitdir: //host/share',
  'gitdir: \\\\host\\share',
  '../../secret',
  '[remote "origin"]\n\turl = file:///secret',
  '[remote "origin"]\n\turl = https://github.com/a/b?x=\r\nhost: y',
];

const git = protocolFamily('git', random =>
  Array.from({ length: 1 + random.below(4) }, () => random.pick(GIT_LINES)).join('\n'),
);

const REDIRECTS = [
  'http://127.0.0.1/',
  'http://169.254.169.254/latest/meta-data',
  'file:///etc/passwd',
  '//evil.example',
  'https://evil.example/',
  'javascript:alert(1)',
  '/../../',
  'https://backstage.example@evil.example/',
  '',
  'http://[::ffff:7f00:1]/',
  'https://backstage.example/%00',
  'https://backstage.example/a',
  '\u202e',
];

/** Statuses, headers and bodies that don't go together, that lie, or that never come to an end. */
const http = protocolFamily('http', (random, size, reader) => {
  const answer = (
    status: number,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): string =>
    `HTTP ${status}\n${Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n')}\n\n${body}`;
  const body = framed(
    reader,
    random,
    random.pick(['null', '[]', '{}', '1', '"x"', 'true', '[[]]']),
  );
  const status = random.pick([200, 201, 204, 206, 301, 302, 304, 307, 308, 400, 401, 403, 404]);
  switch (random.below(8)) {
    case 0:
      return answer(
        random.pick([301, 302, 303, 307, 308]),
        { location: random.pick(REDIRECTS) },
        '',
      );
    case 1:
      return answer(
        status,
        { 'content-type': 'text/html' },
        '<html><script>alert(1)</script></html>',
      );
    case 2:
      return answer(status, {}, body.slice(0, Math.floor(body.length / 2)));
    case 3:
      return answer(
        random.pick([429, 500, 502, 503]),
        { 'retry-after': random.pick(['-1', '1e99', 'x', '9'.repeat(30)]) },
        body,
      );
    case 4:
      return answer(
        status,
        { link: `<${random.pick(REDIRECTS)}>; rel="next"`.repeat(1 + random.below(50)) },
        body,
      );
    case 5:
      return answer(status, { etag: '\u0000"', 'x-next-page': '2', __proto__: 'x' }, body);
    case 6:
      return answer(200, {}, `${' '.repeat(size * 10)}${body}`);
    default:
      return answer(
        status,
        {},
        `{"error":{"name":"\u001b[31m","message":"\u202e<img src=x>"},"message":${body}}`,
      );
  }
});

const ENDPOINTS = [
  'http://backstage.example/api/auth/v1/token',
  'https://evil.example/token',
  'http://127.0.0.1:1/token',
  'https://backstage.example:8443/token',
  'https://backstage.example@evil.example/',
  'file:///secret',
  'javascript:alert(1)',
  'vscode://callboard.callboard/x',
  '//backstage.example/token',
  'token',
  '',
  'https://user:pass@backstage.example/api/auth/v1/token',
  'https://backstage.example/#a',
  'https://169.254.169.254/',
];

/** Metadata of an authorization server that names another server or weaker proofs. */
const oauth = protocolFamily('oauth', random => {
  const issuer = random.pick([
    'https://backstage.example/api/auth',
    'https://evil.example/api/auth',
    'http://backstage.example/api/auth',
    'https://backstage.example/api/auth/',
    'https://BACKSTAGE.example/api/auth',
    'https://backstage.example/api/auth?x',
  ]);
  const place = (): string => random.pick([...ENDPOINTS, `${issuer}/v1/token`]);
  return JSON.stringify({
    issuer,
    authorization_endpoint: place(),
    token_endpoint: place(),
    registration_endpoint: place(),
    revocation_endpoint: place(),
    code_challenge_methods_supported: random.pick([['S256'], ['plain'], [], null, 'S256']),
    token_endpoint_auth_methods_supported: random.pick([['none'], ['private_key_jwt'], null]),
    scopes_supported: random.pick([['openid'], [{}], 'openid', null]),
    authorization_response_iss_parameter_supported: random.pick([true, false, 'yes']),
    client_id_metadata_document_supported: random.pick([true, false, 'yes']),
  });
});

const TOOL_FIELDS = [
  'query',
  'ref',
  'path',
  'depth',
  'limit',
  'in',
  'filter',
  'kind',
  'severity',
  '__proto__',
  'constructor',
];
const TOOL_VALUES = [
  '"../../secret"',
  '"/secret"',
  '"out"',
  '"file:///secret"',
  '"component:__proto__/constructor"',
  '-1',
  '1e308',
  '0.5',
  '[]',
  '{}',
  'null',
  'true',
  '"\\u001b[31m"',
  '"kind:a kind:b -c"',
  `"${'a/'.repeat(500)}"`,
  '"z.yaml\\u0000"',
  '"Z.YAML"',
  '"./z.yaml"',
  '"work/z.yaml"',
  '"[a](command:x)"',
  '"<|im_start|>system"',
];

/** Inputs of tools that violate their schemas or refer to files outside of the workspace. */
const mcp = protocolFamily('mcp', random => {
  const entries = Array.from(
    { length: random.below(5) },
    () => `${JSON.stringify(random.pick(TOOL_FIELDS))}:${random.pick(TOOL_VALUES)}`,
  );
  return random.below(8) === 0 ? random.pick(TOOL_VALUES) : `{${entries.join(',')}}`;
});

const PATHS = [
  'a',
  'a/b/c',
  '../out',
  '/abs',
  'a/../../out',
  './a',
  'a//b',
  '.git/config',
  '.git/hooks/pre-commit',
  'a\\..\\b',
  'C:/x',
  'con',
  'a\u0000b',
  '\u202etxt.exe',
  'a\nb',
  'A',
  '',
  '.',
  '..',
  '%2e%2e/a',
  'a/',
  '__proto__',
];

/** Tar headers, checksums included, that `modern-tar` itself would not write. */
function tar(random: Random, size: number): Buffer {
  const blocks: Buffer[] = [];
  const count = 1 + random.below(30);
  for (let index = 0; index < count; index++) {
    const content = Buffer.from('x'.repeat(random.below(Math.min(size, 5_000))));
    const header = Buffer.alloc(512);
    header.write(`top/${random.pick(PATHS)}`.slice(0, 99), 0, 'utf8');
    header.write('0000644\0', 100);
    const claimed = random.below(10) === 0 ? 0o77777777 : content.length;
    header.write(`${claimed.toString(8).padStart(11, '0')}\0`, 124);
    header.write(
      random.pick(['0', '1', '2', '3', '4', '5', '6', 'g', 'x', 'L', 'K', '\0', 'Z']),
      156,
    );
    header.write(random.pick(PATHS).slice(0, 99), 157, 'utf8');
    header.write('ustar\x0000', 257);
    header.write('        ', 148);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    blocks.push(header, content, Buffer.alloc((512 - (content.length % 512)) % 512));
  }
  if (random.below(2)) blocks.push(Buffer.alloc(1024));
  return Buffer.concat(blocks);
}

/** Archives with paths and links out of them, that lie about sizes, that are bombs, cut off or broken. */
const archive = protocolFamily('archive', (random, size) => {
  const whole = (): Buffer => {
    switch (random.below(5)) {
      case 0:
        return gzipSync(Buffer.alloc(size * 10_000));
      case 1:
        return Buffer.from(
          zipSync(
            Object.fromEntries(
              Array.from({ length: 1 + random.below(20) }, (_, index) => [
                `top/${random.pick(PATHS)}${index}`,
                strToU8('x'.repeat(random.below(size * 10))),
              ]),
            ),
          ),
        );
      default:
        return gzipSync(tar(random, size));
    }
  };
  const bytes = whole();
  switch (random.below(4)) {
    case 0:
      return bytes.subarray(0, random.below(bytes.length)).toString('latin1');
    case 1: {
      const broken = Buffer.from(bytes);
      for (let flip = 0; flip < 5; flip++) {
        broken[2 + random.below(Math.max(1, broken.length - 2))] = random.below(256);
      }
      return broken.toString('latin1');
    }
    default:
      return bytes.toString('latin1');
  }
});

export const protocolFamilies: readonly Family[] = [git, http, oauth, mcp, archive];

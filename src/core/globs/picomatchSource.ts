export interface PicomatchOptions {
  /** Whether `[!a]` is a negated class, as in a shell. */
  readonly posix?: boolean;
}

/**
 * Regular expression, without the flag `u`, that picomatch makes of a glob. Names that start with a dot are matched
 * like others, and paths have no `.` and `..` between their slashes.
 *
 * Source: `makeRe` and `parse` of picomatch 4 with the options `dot` and `maxExtglobRecursion: false`; NOTICE has its
 * license.
 */
export function picomatchSource(glob: string, { posix = false }: PicomatchOptions = {}): string {
  const quick = /^[.*]/.test(glob) ? quickSource(shortened(glob)) : undefined;
  if (quick !== undefined) return `^(?:${quick}\\/?)$`;
  const reader = new PicomatchReader(shortened(glob), { posix });
  const source = `^(?:${reader.read()})$`;
  return reader.isNegated ? `^(?!${source}).*$` : source;
}

const DOT = '\\.';
const SLASH = '\\/';
const ONE_CHARACTER = '(?=.)';
const ANY = '[^/]';
const STAR = `${ANY}*?`;
const GLOBSTAR = '(?:.*?)';
/** No `.` and `..` between slashes, which no path has. */
const NO_DOTS = `(?!${DOT}{1,2}(?:${SLASH}|$))`;
const GLOBSTAR_WITHOUT_DOTS = `(?:(?:(?!(?:^|${SLASH})${DOT}{1,2}(?:${SLASH}|$)).)*?)`;
const NO_DOT_SLASH = `(?!${DOT}{0,1}(?:${SLASH}|$))`;

function shortened(glob: string): string {
  if (glob === '***') return '*';
  return glob === '**/**' || glob === '**/**/**' ? '**' : glob;
}

const QUICK_SOURCES: ReadonlyMap<string, string> = new Map([
  ['*', `${ONE_CHARACTER}${STAR}`],
  ['.*', `${DOT}${ONE_CHARACTER}${STAR}`],
  ['*.*', `${STAR}${DOT}${ONE_CHARACTER}${STAR}`],
  ['*/*', `${STAR}${SLASH}${ONE_CHARACTER}${STAR}`],
  ['**', GLOBSTAR],
  ['**/*', `(?:${GLOBSTAR}${SLASH})?${ONE_CHARACTER}${STAR}`],
  ['**/*.*', `(?:${GLOBSTAR}${SLASH})?${STAR}${DOT}${ONE_CHARACTER}${STAR}`],
  ['**/.*', `(?:${GLOBSTAR}${SLASH})?${DOT}${ONE_CHARACTER}${STAR}`],
]);

/** Expression of a common glob, with the extensions behind it. */
function quickSource(glob: string): string | undefined {
  const start = withoutPrefix(glob);
  for (const [common, source] of QUICK_SOURCES) {
    if (!start.startsWith(common)) continue;
    const rest = start.slice(common.length);
    if (/^(?:\.\w+)*$/.test(rest)) return source + rest.replaceAll('.', DOT);
  }
  return undefined;
}

function withoutPrefix(glob: string): string {
  return glob.startsWith('./') ? glob.slice(2) : glob;
}

const POSIX_CLASSES: ReadonlyMap<string, string> = new Map([
  ['alnum', 'a-zA-Z0-9'],
  ['alpha', 'a-zA-Z'],
  ['ascii', '\\x00-\\x7F'],
  ['blank', ' \\t'],
  ['cntrl', '\\x00-\\x1F\\x7F'],
  ['digit', '0-9'],
  ['graph', '\\x21-\\x7E'],
  ['lower', 'a-z'],
  ['print', '\\x20-\\x7E '],
  ['punct', '\\-!"#$%&\'()\\*+,./:;<=>?@[\\]^_`{|}~'],
  ['space', ' \\t\\r\\n\\v\\f'],
  ['upper', 'A-Z'],
  ['word', 'A-Za-z0-9_'],
  ['xdigit', 'A-Fa-f0-9'],
]);

interface Token {
  type:
    | 'start'
    | 'text'
    | 'slash'
    | 'dot'
    | 'dots'
    | 'star'
    | 'globstar'
    | 'question'
    | 'sign'
    | 'paren'
    | 'bracket'
    | 'brace'
    | 'comma'
    | 'end';
  value: string;
  /** Its part of the expression; undefined if it is the value. */
  output?: string;
  previous?: Token;
  /** Whether it is part of a group such as `@(a|b)`. */
  isExtglob?: boolean;
  /** Whether it is a run of more than two stars. */
  isLongStar?: boolean;
  /** Whether a bracket has a class such as `[:alpha:]`. */
  hasPosixClass?: boolean;
}

interface Extglob {
  readonly sign: string;
  /** How many parentheses are open around it. */
  readonly parens: number;
  inner: string;
}

interface Brace {
  readonly token: Token;
  readonly outputIndex: number;
  readonly tokenIndex: number;
  hasComma: boolean;
  hasDots: boolean;
}

interface ReaderOptions {
  readonly posix: boolean;
  /** Whether it is the end of another glob. */
  readonly isPart?: boolean;
  /** Whether to write picomatch's own expression, of which it escapes a part where a parenthesis is never closed. */
  readonly isExact?: boolean;
}

class PicomatchReader {
  isNegated = false;
  readonly #input: string;
  readonly #options: ReaderOptions;
  readonly #globstar: string;
  readonly #first: Token = { type: 'start', value: '', output: '' };
  readonly #tokens: Token[] = [this.#first];
  readonly #extglobs: Extglob[] = [];
  readonly #braces: Brace[] = [];
  /** Which of brackets, braces and parentheses are open, the innermost last. */
  readonly #open: ('bracket' | 'brace' | 'paren')[] = [];
  #previous = this.#first;
  #output = '';
  #at = -1;
  #start = 0;
  #brackets = 0;
  #openBraces = 0;
  #parens = 0;
  #isQuoted = false;
  /** Whether the expression has to be put together from the tokens. */
  #isStale = false;

  constructor(glob: string, options: ReaderOptions) {
    this.#input = withoutPrefix(glob);
    this.#options = options;
    this.#globstar = options.isExact ? GLOBSTAR_WITHOUT_DOTS : GLOBSTAR;
  }

  read(): string {
    if (!this.#options.isPart && !/^[*!]|[/()[\]{}"]/.test(this.#input))
      return `^(?:${nameSource(this.#input)})$`;
    while (this.#at < this.#input.length - 1) this.#readNext();
    if (this.#parens > 0 && !this.#options.isExact) {
      return new PicomatchReader(this.#input, { ...this.#options, isExact: true }).read();
    }
    this.#output = escapeLast(this.#output, '[', this.#brackets);
    this.#output = escapeLast(this.#output, '(', this.#parens);
    this.#output = escapeLast(this.#output, '{', this.#openBraces);
    if (this.#previous.type === 'star' || this.#previous.type === 'bracket') {
      this.#push({ type: 'end', value: '', output: `${SLASH}?` });
    }
    if (this.#isStale) {
      this.#output = this.#tokens.map(({ value, output }) => output ?? value).join('');
    }
    return this.#output;
  }

  #readNext(): void {
    let value = this.#advance();
    if (value === '\0') return;
    if (value === '\\') {
      const escape = this.#escape();
      if (escape === undefined) return;
      value = escape;
      if (this.#brackets === 0) {
        this.#push({ type: 'text', value });
        return;
      }
    }
    const previous = this.#previous;
    const isBracketStart = previous.value === '[' || previous.value === '[^';
    if (this.#brackets > 0 && (value !== ']' || isBracketStart)) {
      this.#readInBracket(value);
      return;
    }
    if (this.#isQuoted && value !== '"') {
      value = escaped(value);
      previous.value += value;
      this.#output += value;
      return;
    }
    switch (value) {
      case '"':
        this.#isQuoted = !this.#isQuoted;
        return;
      case '(':
        this.#increment('paren');
        this.#push({ type: 'paren', value });
        return;
      case ')':
        this.#closeParen();
        return;
      case '[': {
        const isClosed = this.#input.includes(']', this.#at + 1);
        if (isClosed) this.#increment('bracket');
        this.#push({ type: 'bracket', value: isClosed ? value : '\\[' });
        return;
      }
      case ']':
        this.#closeBracket();
        return;
      case '{':
        this.#openBrace();
        return;
      case '}':
        this.#closeBrace();
        return;
      case '|':
        this.#push({ type: 'text', value });
        return;
      case ',': {
        const brace = this.#braces.at(-1);
        const isChoice = brace !== undefined && this.#open.at(-1) === 'brace';
        if (isChoice) brace.hasComma = true;
        this.#push({ type: 'comma', value, output: isChoice ? '|' : value });
        return;
      }
      case '/':
        this.#readSlash();
        return;
      case '.':
        this.#readDot();
        return;
      case '?':
        this.#readQuestionMark();
        return;
      case '*':
        this.#readStar();
        return;
    }
    this.#readText(value);
  }

  #readText(value: string): void {
    const next = this.#peek();
    if (value === '!') {
      if (next === '(' && !(this.#peek(2) === '?' && /[!=<:]/.test(this.#peek(3)))) {
        this.#openExtglob(value);
        return;
      }
      if (this.#at === 0) {
        this.#negate();
        return;
      }
    }
    if (value === '+') {
      if (next === '(' && this.#peek(2) !== '?') this.#openExtglob(value);
      else this.#readPlus();
      return;
    }
    if (value === '@') {
      const isGroup = next === '(' && this.#peek(2) !== '?';
      if (isGroup) this.#push({ type: 'sign', value, output: '', isExtglob: true });
      else this.#push({ type: 'text', value });
      return;
    }
    const plain = /[^@![\].,$*+?^{}()|\\/]+/y;
    plain.lastIndex = this.#at + 1;
    const [rest = ''] = plain.exec(this.#input) ?? [];
    this.#at += rest.length;
    this.#push({
      type: 'text',
      value: (value === '$' || value === '^' ? `\\${value}` : value) + rest,
    });
  }

  /** Text of an escape; undefined if there is none. */
  #escape(): string | undefined {
    const next = this.#peek();
    if (next === '/' || next === '.' || next === ';') return undefined;
    if (next === '') {
      this.#push({ type: 'text', value: '\\\\' });
      return undefined;
    }
    const run = /\\+/y;
    run.lastIndex = this.#at + 1;
    const slashes = run.exec(this.#input)?.[0].length ?? 0;
    let value = '\\';
    if (slashes > 2) {
      this.#at += slashes;
      if (slashes % 2 !== 0) value += '\\';
    }
    return value + this.#advance();
  }

  #readInBracket(character: string): void {
    const previous = this.#previous;
    let value = character;
    if (value === ':') {
      const inner = previous.value.slice(1);
      if (inner.includes('[')) {
        previous.hasPosixClass = true;
        if (inner.includes(':')) {
          const start = previous.value.lastIndexOf('[');
          const name = POSIX_CLASSES.get(previous.value.slice(start + 2));
          if (name !== undefined) {
            previous.value = previous.value.slice(0, start) + name;
            this.#isStale = true;
            this.#advance();
            if (this.#first.output === '' && this.#tokens[1] === previous) {
              this.#first.output = ONE_CHARACTER;
            }
            return;
          }
        }
      }
    }
    const isStart = previous.value === '[' || previous.value === '[^';
    const next = this.#peek();
    if ((value === '[' && next !== ':') || (value === '-' && next === ']')) value = `\\${value}`;
    if (value === ']' && isStart) value = `\\${value}`;
    if (this.#options.posix && value === '!' && previous.value === '[') value = '^';
    previous.value += value;
    this.#output += value;
  }

  #closeParen(): void {
    const extglob = this.#extglobs.at(-1);
    if (extglob && this.#parens === extglob.parens + 1) {
      this.#extglobs.pop();
      this.#closeExtglob(extglob);
      return;
    }
    this.#push({ type: 'paren', value: ')', output: this.#parens ? ')' : '\\)' });
    this.#decrement('paren');
  }

  #closeBracket(): void {
    const previous = this.#previous;
    const isFirst = previous.type === 'bracket' && previous.value.length === 1;
    if (isFirst || this.#brackets === 0) {
      this.#push({ type: 'text', value: ']', output: '\\]' });
      return;
    }
    this.#decrement('bracket');
    const members = previous.value.slice(1);
    const excludesSlash =
      !previous.hasPosixClass && members.startsWith('^') && !members.includes('/');
    const end = excludesSlash ? '/]' : ']';
    previous.value += end;
    this.#output += end;
    if (/[-*+?.^${}(|)[\]]/.test(members)) return;
    // The class, or what is written.
    this.#output = withoutEnd(this.#output, previous.value);
    previous.value = `(?:${escaped(previous.value)}|${previous.value})`;
    this.#output += previous.value;
  }

  #openBrace(): void {
    this.#increment('brace');
    const token: Token = { type: 'brace', value: '{', output: '(' };
    this.#braces.push({
      token,
      outputIndex: this.#output.length,
      tokenIndex: this.#tokens.length,
      hasComma: false,
      hasDots: false,
    });
    this.#push(token);
  }

  #closeBrace(): void {
    const brace = this.#braces.pop();
    if (!brace) {
      this.#push({ type: 'text', value: '}', output: '}' });
      return;
    }
    let value = '}';
    let output = ')';
    if (brace.hasDots) {
      const range: string[] = [];
      for (let token = this.#tokens.pop(); token; token = this.#tokens.pop()) {
        if (token.type === 'brace') break;
        if (token.type !== 'dots') range.unshift(token.value);
      }
      output = rangeSource(range);
      this.#isStale = true;
    } else if (!brace.hasComma) {
      this.#output = this.#output.slice(0, brace.outputIndex);
      brace.token.value = brace.token.output = '\\{';
      value = output = '\\}';
      for (const token of this.#tokens.slice(brace.tokenIndex)) {
        this.#output += token.output || token.value;
      }
    }
    this.#push({ type: 'brace', value, output });
    this.#decrement('brace');
  }

  #readSlash(): void {
    if (this.#previous.type === 'dot' && this.#at === this.#start + 1) {
      // A glob that starts with `./` starts behind it.
      this.#start = this.#at + 1;
      this.#output = '';
      this.#tokens.pop();
      this.#previous = this.#first;
      return;
    }
    this.#push({ type: 'slash', value: '/', output: SLASH });
  }

  #readDot(): void {
    const previous = this.#previous;
    const brace = this.#braces.at(-1);
    if (this.#openBraces > 0 && previous.type === 'dot' && brace) {
      if (previous.value === '.') previous.output = DOT;
      previous.type = 'dots';
      previous.output = `${previous.output ?? ''}.`;
      previous.value += '.';
      brace.hasDots = true;
      return;
    }
    const isText =
      this.#openBraces + this.#parens === 0 &&
      previous.type !== 'start' &&
      previous.type !== 'slash';
    this.#push({ type: isText ? 'text' : 'dot', value: '.', output: DOT });
  }

  #readQuestionMark(): void {
    const previous = this.#previous;
    const next = this.#peek();
    if (previous.value !== '(' && next === '(' && this.#peek(2) !== '?') {
      this.#openExtglob('?');
      return;
    }
    if (previous.type === 'paren') {
      const isText =
        (previous.value === '(' && !/[!=<:]/.test(next)) ||
        (next === '<' && !/<(?:[!=]|\w+>)/.test(this.#input.slice(this.#at + 1)));
      this.#push({ type: 'text', value: '?', output: isText ? '\\?' : '?' });
      return;
    }
    this.#push({ type: 'question', value: '?', output: ANY });
  }

  #negate(): void {
    let count = 1;
    while (this.#peek() === '!' && (this.#peek(2) !== '(' || this.#peek(3) === '?')) {
      this.#advance();
      this.#start++;
      count++;
    }
    if (count % 2 === 0) return;
    this.isNegated = true;
    this.#start++;
  }

  #readPlus(): void {
    const { value, type } = this.#previous;
    if (value === '(') this.#push({ type: 'sign', value: '+', output: '\\+' });
    else if (type === 'bracket' || type === 'paren' || type === 'brace' || this.#parens > 0) {
      this.#push({ type: 'sign', value: '+' });
    } else this.#push({ type: 'sign', value: '\\+' });
  }

  #openExtglob(sign: string): void {
    const extglob: Extglob = { sign, parens: this.#parens, inner: '' };
    this.#increment('paren');
    this.#push({ type: 'sign', value: sign, output: this.#output ? '' : ONE_CHARACTER });
    const output = sign === '!' ? '(?:(?!(?:' : '(?:';
    this.#push({ type: 'paren', value: this.#advance(), output, isExtglob: true });
    this.#extglobs.push(extglob);
  }

  #closeExtglob({ sign, inner }: Extglob): void {
    let output = sign === '@' ? ')' : `)${sign}`;
    if (sign === '!') {
      output = `))${STAR})`;
      const star = inner.length > 1 && inner.includes('/') ? this.#globstar : STAR;
      const rest = this.#input.slice(this.#at + 1);
      if (star !== STAR || /^\)*$/.test(rest)) output = `)$))${star}`;
      if (inner.includes('*') && /^\.[^\\/.]+$/.test(rest)) {
        // What follows, such as the extension in `!(*.d).ts`, is excluded with it.
        const source = new PicomatchReader(rest, { ...this.#options, isPart: true }).read();
        output = `)${source})${star})`;
      }
    }
    this.#push({ type: 'paren', value: ')', output, isExtglob: true });
    this.#decrement('paren');
  }

  #readStar(): void {
    const previous = this.#previous;
    if (previous.type === 'globstar' || previous.isLongStar) {
      previous.type = 'star';
      previous.isLongStar = true;
      previous.value += '*';
      previous.output = STAR;
      this.#isStale = true;
      return;
    }
    if (this.#peek() === '(' && this.#peek(2) !== '?' && this.#peek(2) !== '') {
      this.#openExtglob('*');
      return;
    }
    if (previous.type === 'star') {
      this.#readSecondStar(previous);
      return;
    }
    const isNameStart =
      this.#at === this.#start || previous.type === 'slash' || previous.type === 'dot';
    if (isNameStart) {
      const guard =
        (previous.type === 'dot' ? NO_DOT_SLASH : this.#options.isExact ? NO_DOTS : '') +
        (this.#peek() === '*' ? '' : ONE_CHARACTER);
      this.#output += guard;
      previous.output = (previous.output ?? '') + guard;
    }
    this.#push({ type: 'star', value: '*', output: STAR });
  }

  #readSecondStar(star: Token): void {
    const prior = star.previous ?? this.#first;
    const before = prior.previous;
    const isStart = prior.type === 'slash' || prior.type === 'start';
    const isBehindStar = before?.type === 'star' || before?.type === 'globstar';
    const isChoice = this.#openBraces > 0 && (prior.type === 'comma' || prior.type === 'brace');
    if (!isStart && prior.type !== 'paren' && !isChoice) {
      this.#push({ type: 'star', value: '*', output: '' });
      return;
    }
    while (this.#input.startsWith('/**', this.#at + 1)) {
      const after = this.#input[this.#at + 4];
      if (after !== undefined && after !== '/') break;
      this.#at += 3;
    }
    const rest = this.#input.slice(this.#at + 1);
    const isEnd =
      rest === '' ||
      (this.#parens > 0 &&
        rest === ')'.repeat(this.#parens) &&
        !this.#extglobs.some(({ sign }) => sign === '!'));
    star.type = 'globstar';
    star.value += '*';
    const isInside = prior.type === 'slash' && before?.type !== 'start';
    if (isInside && ((!isBehindStar && isEnd) || rest.startsWith('/'))) {
      this.#output = withoutEnd(this.#output, (prior.output ?? '') + (star.output ?? ''));
      prior.output = `(?:${prior.output ?? ''}`;
      const isAtEnd = !isBehindStar && isEnd;
      star.output = isAtEnd
        ? `${this.#globstar}|$)`
        : `${this.#globstar}${SLASH}|${SLASH}${rest.length > 1 ? '|$' : ''})`;
      this.#output += prior.output + star.output;
      if (!isAtEnd) this.#skipSlash();
      return;
    }
    if (prior.type === 'start' && (rest === '' || rest.startsWith('/'))) {
      star.output = rest === '' ? this.#globstar : `(?:^|${SLASH}|${this.#globstar}${SLASH})`;
      this.#output = star.output;
      if (rest !== '') this.#skipSlash();
      return;
    }
    this.#output = withoutEnd(this.#output, star.output ?? '') + this.#globstar;
    star.output = this.#globstar;
  }

  /** A slash that the expression of the stars before it includes. */
  #skipSlash(): void {
    this.#advance();
    this.#push({ type: 'slash', value: '/', output: '' });
  }

  #push(token: Token): void {
    const previous = this.#previous;
    if (previous.type === 'globstar') {
      const isChoice = this.#openBraces > 0 && (token.type === 'comma' || token.type === 'brace');
      if (token.type !== 'slash' && token.type !== 'paren' && !isChoice && !token.isExtglob) {
        this.#output = withoutEnd(this.#output, previous.output ?? '') + STAR;
        previous.type = 'star';
        previous.value = '*';
        previous.output = STAR;
      }
    }
    const extglob = this.#extglobs.at(-1);
    if (extglob && token.type !== 'paren') extglob.inner += token.value;
    this.#output += token.output ?? token.value;
    if (previous.type === 'text' && token.type === 'text') {
      previous.output = (previous.output || previous.value) + token.value;
      previous.value += token.value;
      return;
    }
    token.previous = previous;
    this.#tokens.push(token);
    this.#previous = token;
  }

  #increment(kind: 'bracket' | 'brace' | 'paren'): void {
    this.#count(kind, 1);
    this.#open.push(kind);
  }

  #decrement(kind: 'bracket' | 'brace' | 'paren'): void {
    this.#count(kind, -1);
    this.#open.pop();
  }

  #count(kind: 'bracket' | 'brace' | 'paren', change: number): void {
    if (kind === 'bracket') this.#brackets += change;
    else if (kind === 'brace') this.#openBraces += change;
    else this.#parens += change;
  }

  #advance(): string {
    return this.#input[++this.#at] ?? '';
  }

  #peek(distance = 1): string {
    return this.#input[this.#at + distance] ?? '';
  }
}

/** Expression of a glob without slashes, brackets and braces. */
function nameSource(glob: string): string {
  let hasBackslashes = false;
  const source = glob.replace(
    /(\\?)((\W)(\3*))/g,
    (all: string, escape: string, characters: string, first: string, rest: string) => {
      switch (first) {
        case '\\':
          hasBackslashes = true;
          return all;
        case '?':
          return escape ? `${escape}?${ANY.repeat(rest.length)}` : ANY.repeat(characters.length);
        case '.':
          return DOT.repeat(characters.length);
        case '*':
          return escape ? `${escape}*${rest ? STAR : ''}` : STAR;
        default:
          return escape ? all : `\\${all}`;
      }
    },
  );
  if (!hasBackslashes) return source;
  return source.replace(/\\+/g, run => (run.length % 2 === 0 ? '\\\\' : '\\'));
}

function rangeSource(members: string[]): string {
  const source = `[${members.sort().join('-')}]`;
  try {
    new RegExp(source);
  } catch {
    return members.map(escaped).join('..');
  }
  return source;
}

function escaped(text: string): string {
  return text.replace(/([-*+?.^${}(|)[\]])/g, '\\$1');
}

/** Escapes the last of these characters that have no escape, as many as there are. */
function escapeLast(text: string, character: string, count: number): string {
  let end = '';
  let from = text.length;
  for (let left = count, at = text.length; left > 0 && at > 0;) {
    at = text.lastIndexOf(character, at - 1);
    if (at < 0) break;
    if (text[at - 1] === '\\') continue;
    end = `\\${text.slice(at, from)}${end}`;
    from = at;
    left--;
  }
  return text.slice(0, from) + end;
}

/** As `slice` with a negative length: of a text without an end, nothing is left. */
function withoutEnd(text: string, end: string): string {
  return text.slice(0, -end.length);
}

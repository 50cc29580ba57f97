import type { Extensions } from '../config';
import { Element } from '../text/element';
import { SourceText } from '../text/sourceText';
import { type GitHosts, gitHostsOf, type Provider } from './gitHosts';
import type { InlineMatch, InlineRule } from './inlineRule';
import { infoOf } from './links';

const word = '[\\p{L}\\p{N}_]';
/** Like Python's `\b`. */
const boundary = `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
const repository = '[-._a-zA-Z\\d]{0,99}[a-zA-Z\\d]';
const hash = '[a-f\\d]{40}';

/**
 * Shorthands of magiclink, in the order of its rules: `@user/repo`, `@user`, `user/repo#1`,
 * `repo@hash`, `#1`, each also with a prefix such as `gitlab:`.
 *
 * Source: `pymdownx.magiclink` 10.21.
 */
export function shorthandRules(extensions: Extensions): readonly InlineRule[] {
  const flag = (option: string): boolean => extensions.flag('pymdownx.magiclink', option, false);
  const ofGit = flag('repo_url_shorthand');
  const ofSocial = flag('social_url_shorthand');
  if (!ofGit && !ofSocial) return [];
  const hosts = gitHostsOf(extensions);
  const { provider } = hosts;
  const named = [...hosts.providers].filter(([, { isSocial }]) => (isSocial ? ofSocial : ofGit));
  const git = named.filter(([, { isSocial }]) => !isSocial);
  const alternatives = (of: typeof named): string =>
    of.map(([name, { user }]) => `${name}:${user}`).join('|');
  const micro = provider.isSocial ? [] : [microRule(hosts)];
  return [
    ...(ofGit ? [mentionRule(hosts, alternatives(git), true)] : []),
    ...(ofGit && !provider.isSocial ? [mentionRule(hosts, provider.user, true)] : []),
    mentionRule(hosts, alternatives(named), false),
    mentionRule(hosts, provider.user, false),
    ...(ofGit ? [prefixedRule(hosts, git)] : []),
    ...(ofGit && !provider.isSocial ? [referenceRule(hosts)] : []),
    ...(ofGit ? micro : []),
  ];
}

/** `@user`, or `@user/repo`. */
function mentionRule(hosts: GitHosts, users: string, hasRepository: boolean): InlineRule {
  const behind = hasRepository ? `/(${repository})${boundary}` : '';
  const pattern = new RegExp(`@(${users})${boundary}${behind}`, 'uy');
  return {
    trigger: /@/g,
    notWithin: 'a',
    match(source, at, before) {
      pattern.lastIndex = at;
      const found = /[a-zA-Z]/.test(before) ? null : pattern.exec(source.text);
      if (!found) return { continueAt: at + 1 };
      const { provider, name: user } = hosts.resolve(found[1] ?? '');
      const name = found[2] === undefined ? user : `${user}/${found[2]}`;
      const [label, kind] =
        found[2] === undefined
          ? [hosts.label('mention', 'User'), 'mention']
          : [hosts.label('repository', 'Repository'), 'repository'];
      const text = found[2] === undefined ? `@${name}` : name;
      return linkMatch(source, at, at + found[0].length, {
        href: `${provider.url}/${name}`,
        title: `${provider.title} ${label}: ${name}`,
        className: `magiclink magiclink-${provider.name} magiclink-${kind}`,
        text,
      });
    },
  };
}

/** The part of a reference from its sign: `#1`, `@hash`, or `@hash...hash`. */
const sign = new RegExp(
  `(?:([#!?][1-9][0-9]*)|@(${hash})(?:\\.{3}(${hash})${boundary})?)${boundary}`,
  'uy',
);
const signTrigger = new RegExp(`[#!?](?=[1-9])|@(?=${hash})`, 'g');
/** Maximum length of a repository and a user with a prefix. */
const MAX_NAMES = 250;
const repositoryCharacter = /[-._a-zA-Z\d]/;

interface Target {
  readonly from: number;
  readonly user: string;
  readonly repo: string;
}

/** Reads references that end with a sign, whose names are found backwards from it. */
function namedReferenceRule(
  hosts: GitHosts,
  /** Returns the target that ends a text, with its start in the text. */
  targetOf: (text: string) => Target | undefined,
): InlineRule {
  /** Rules don't see what they matched before. */
  let matched: { readonly source: SourceText; readonly to: number } | undefined;
  return {
    trigger: signTrigger,
    notWithin: 'a',
    match(source, at, before) {
      const { text } = source;
      sign.lastIndex = at;
      const found = sign.exec(text);
      if (!found) return { continueAt: at + 1 };
      const least = before !== '' && matched?.source === source ? matched.to : 0;
      const start = Math.max(least, at - MAX_NAMES);
      const target = targetOf(text.slice(start, at));
      const { provider, name } = hosts.resolve(target?.user ?? '');
      if (!target || name === '') return { continueAt: at + found[0].length };
      const isOwnUser = name === hosts.user && provider === hosts.provider;
      const reference = { provider, user: name, repo: target.repo };
      const scope =
        isOwnUser && target.repo === hosts.repo
          ? ''
          : isOwnUser
            ? target.repo
            : `${name}/${target.repo}`;
      const to = at + found[0].length;
      const from = start + target.from;
      matched = { source, to };
      return referenceMatch(hosts, source, { from, to, found, scope, ...reference });
    },
  };
}

/** Splits a text that ends with a repository name; `owner` is undefined without a slash. */
function splitNames(
  text: string,
): { readonly from: number; readonly owner: string | undefined } | undefined {
  if (!/[a-zA-Z\d]$/.test(text)) return undefined;
  let from = text.length;
  const least = Math.max(0, from - 100);
  while (from > least && repositoryCharacter.test(text.charAt(from - 1))) from--;
  return { from, owner: text[from - 1] === '/' ? text.slice(0, from - 1) : undefined };
}

/** `github:user/repo#1` */
function prefixedRule(
  hosts: GitHosts,
  providers: readonly (readonly [string, Provider])[],
): InlineRule {
  const [first] = providers[0] ?? [];
  const patterns = providers.map(
    ([name, { user }]) =>
      new RegExp(`(?<![@/])${name === first ? boundary : ''}${name}:${user}$`, 'u'),
  );
  return namedReferenceRule(hosts, text => {
    const names = splitNames(text);
    const { owner } = names ?? {};
    if (!names || owner === undefined) return undefined;
    const candidates = patterns.flatMap(pattern => {
      const found = pattern.exec(owner);
      return found ? [{ from: found.index, user: found[0] }] : [];
    });
    const [leftmost] = candidates.sort((a, b) => a.from - b.from);
    return leftmost && { ...leftmost, repo: text.slice(names.from) };
  });
}

/** `user/repo#1`, and `repo#1` of the configured user. */
function referenceRule(hosts: GitHosts): InlineRule {
  const user = new RegExp(`(?<![@/])${boundary}${hosts.provider.user}$`, 'u');
  return namedReferenceRule(hosts, text => {
    const names = splitNames(text);
    if (!names) return undefined;
    const found = names.owner === undefined ? null : user.exec(names.owner);
    if (found) return { from: found.index, user: found[0], repo: text.slice(names.from) };
    const isAfterSign = /[@/]/.test(text.charAt(names.from - 1));
    const from = isAfterSign ? names.from + 1 : names.from;
    if (from >= text.length) return undefined;
    return { from, user: hosts.user, repo: text.slice(from) };
  });
}

const microTrigger = new RegExp(`[#!?](?=[1-9])|(?<![\\p{L}\\p{N}_@/])${hash}`, 'gu');
const micro = new RegExp(
  `(?:([#!?][1-9][0-9]*)|(${hash})(?:\\.{3}(${hash})${boundary})?)${boundary}`,
  'uy',
);

/** `#1` and commits of the configured repository. */
function microRule(hosts: GitHosts): InlineRule {
  const { provider, user, repo } = hosts;
  return {
    trigger: microTrigger,
    notWithin: 'a',
    match(source, at, before) {
      micro.lastIndex = at;
      const found = micro.exec(source.text);
      if (!found) return { continueAt: at + 1 };
      const to = at + found[0].length;
      if (user === '' || repo === '') return { continueAt: to };
      if (found[1] !== undefined && /[a-zA-Z]/.test(before)) return { continueAt: at + 1 };
      return referenceMatch(hosts, source, {
        from: at,
        to,
        found,
        scope: '',
        provider,
        user,
        repo,
      });
    },
  };
}

interface Reference {
  readonly from: number;
  readonly to: number;
  /** Match with an issue, a commit and the other commit of a comparison. */
  readonly found: RegExpExecArray;
  /** Shown before the reference: the repository, with its user if it isn't the configured one. */
  readonly scope: string;
  readonly provider: Provider;
  readonly user: string;
  readonly repo: string;
}

function referenceMatch(
  hosts: GitHosts,
  source: SourceText,
  { from, to, found, scope, provider, user, repo }: Reference,
): InlineMatch {
  const [, issue, commit, other] = found;
  const base = `${provider.url}/${user}/${repo}`;
  const whole = `${user}/${repo}`;
  const link = (
    kind: string,
    label: string,
    href: string,
    text: string,
    name: string,
  ): InlineMatch =>
    linkMatch(source, from, to, {
      href: `${base}/${href}`,
      title: `${provider.title} ${label}: ${whole}${name}`,
      className: `magiclink magiclink-${provider.name} magiclink-${kind}`,
      text,
    });
  if (issue !== undefined) {
    const kind = provider.issueKinds.get(issue.charAt(0));
    // Later rules leave it alone.
    if (!kind) return { from, to, node: source.text.slice(from, to) };
    const number = issue.slice(1);
    const icon = hosts.isNormalized ? '#' : issue.charAt(0);
    const label = hosts.label(kind.label, kind.title);
    return link(
      kind.className,
      label,
      `${kind.path}/${number}`,
      `${scope}${icon}${number}`,
      ` #${number}`,
    );
  }
  const short = (value: string): string => value.slice(0, provider.hashSize);
  const at = scope === '' ? '' : `${scope}@`;
  const [first = '', second] = [commit, other];
  if (second === undefined) {
    const label = hosts.label('commit', 'Commit');
    return link(
      'commit',
      label,
      provider.commit(first),
      `${at}${short(first)}`,
      `@${short(first)}`,
    );
  }
  const shown = `${short(first)}...${short(second)}`;
  const label = hosts.label('compare', 'Compare');
  return link('compare', label, provider.compare(first, second), `${at}${shown}`, `@${shown}`);
}

function linkMatch(
  source: SourceText,
  from: number,
  to: number,
  {
    href,
    title,
    className,
    text,
  }: Readonly<Record<'href' | 'title' | 'className' | 'text', string>>,
): InlineMatch {
  const node = new Element('a', { href, title, class: className });
  node.text = SourceText.made(text, source.offsetAt(from)).asAtomic();
  node.info = infoOf('link', 'automatic', source, from, to);
  return { from, to, node };
}

import type { CommandSpec } from '../options';

/** Shells with a completion script, the default first. */
export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

export type Shell = (typeof shells)[number];

export const completionCommand: CommandSpec = {
  name: 'completion',
  positionals: 'SHELL',
  maxPositionals: Infinity,
  summary: 'Print a script that completes commands, options and entity refs in a shell',
  details: [
    `SHELL is one of ${shells.join(', ')}. Load the script in the startup file of the shell.`,
    'With --words, prints completions of the words after -- instead, as the scripts do: one on each line, with its description after a tab.',
  ],
  options: [
    { name: 'words', help: 'Print completions of the last word after --.' },
    { name: 'next', help: 'Complete a new word after the last one.' },
  ],
  examples: [
    ['source <(callboard completion bash)', 'in ~/.bashrc'],
    ['source <(callboard completion zsh)', 'in ~/.zshrc, after compinit'],
    ['callboard completion fish | source', 'in ~/.config/fish/config.fish'],
    ['callboard completion powershell | Out-String | Invoke-Expression', 'in $PROFILE'],
  ],
};

export const helpCommand: CommandSpec = {
  name: 'help',
  positionals: '[COMMAND]',
  maxPositionals: 2,
  summary: 'Print the help of a command, or list all commands',
  details: ['COMMAND --help prints the same.'],
  options: [],
  examples: [
    ['callboard help', 'list all commands'],
    ['callboard help template run', 'print the help of a subcommand'],
  ],
};

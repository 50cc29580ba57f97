import type { Shell } from '../commands/helpCommands';

const bash = `# Completion of callboard for bash.
_callboard() {
  local line=\${COMP_LINE:0:COMP_POINT} word start reply
  local -a words
  read -r -a words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  word=\${words[\${#words[@]}-1]}
  # bash replaces only what follows the last colon or equals sign.
  start=
  [[ $COMP_WORDBREAKS == *:* && $COMP_WORDBREAKS == *=* ]] && start=\${word%"\${word##*[:=]}"}
  COMPREPLY=()
  while IFS=$'\\t' read -r reply _; do
    COMPREPLY+=("\${reply#"$start"}")
  done < <(callboard completion --words -- "\${words[@]:1}" 2>/dev/null)
}
complete -o bashdefault -o default -F _callboard callboard
`;

const zsh = `#compdef callboard
# Completion of callboard for zsh.
_callboard() {
  local line
  local -a lines described
  lines=("\${(@f)$(callboard completion --words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  for line in $lines; do
    described+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  if (( $#described )); then _describe callboard described; else _files; fi
}
compdef _callboard callboard
`;

const fish = `# Completion of callboard for fish.
function __callboard_complete
  set -l words (commandline -opc)
  set -l found (callboard completion --words -- $words[2..-1] (commandline -ct) 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c callboard -f -a '(__callboard_complete)'
`;

const powershell = `# Completion of callboard for PowerShell.
Register-ArgumentCompleter -Native -CommandName callboard -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })
  # Older versions pass no empty arguments.
  $next = if ($wordToComplete -eq '') { @('--next') } else { @() }
  callboard completion --words @next '--' @words 2>$null | ForEach-Object {
    $word, $description = $_ -split "\`t", 2
    $tip = if ($description) { $description } else { $word }
    [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $tip)
  }
}
`;

/** Scripts that complete command lines, by shell. Each asks `callboard completion --words`. */
export const completionScripts: Readonly<Record<Shell, string>> = { bash, zsh, fish, powershell };

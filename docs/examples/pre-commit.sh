#!/bin/sh
# A hook of git without further tools: copy to .git/hooks/pre-commit and make it executable.
# `callboard` must be on the PATH. The working tree is checked, also what is not staged.
if git rev-parse --quiet --verify HEAD >/dev/null; then
  exec callboard validate --changed-since HEAD
fi
exec callboard validate

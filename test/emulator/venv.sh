#!/usr/bin/env bash
# Makes the virtual environment of the proofs, .venv, anew where its requirements have changed.
set -euo pipefail
cd "$(dirname "$0")/../.."

wanted=$(cat test/emulator/requirements.txt test/emulator/constraints.txt)
if [ "$wanted" != "$(cat .venv/made-from 2>/dev/null)" ]; then
  rm -rf .venv
  python3 -m venv .venv
  .venv/bin/pip install --quiet --disable-pip-version-check -r test/emulator/requirements.txt -c test/emulator/constraints.txt
  printf '%s\n' "$wanted" > .venv/made-from
fi

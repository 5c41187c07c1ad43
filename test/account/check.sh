#!/usr/bin/env bash
# Checks the command line against an emulated account: moto in a virtual environment of its own, on 127.0.0.1 (after compile).
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --requirement test/account/requirements.txt
"$work/venv/bin/python" test/account/check.py

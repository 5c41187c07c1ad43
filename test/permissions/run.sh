#!/usr/bin/env bash
# Synthesizes a role for each choice, and runs the tests of this folder on them; --update writes docs/permissions.md.
set -euo pipefail
cd "$(dirname "$0")/../.."

bash test/emulator/venv.sh
rm -rf cdk.out/permissions
npx tsx --tsconfig tsconfig.dev.json test/emulator/synth.ts cdk.out/permissions test/permissions/choices/app.ts
.venv/bin/python -m pytest --quiet test/permissions "$@"

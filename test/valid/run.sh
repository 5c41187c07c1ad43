#!/usr/bin/env bash
# Synthesizes every example and the roles of each choice with the newest CDK, its validation and the packs of cdk-nag, and runs the tests of this folder on them.
set -euo pipefail
cd "$(dirname "$0")/../.."

bash test/emulator/venv.sh
npm ci --prefix test/valid/newest --silent --ignore-scripts
rm -rf cdk.out/valid
CDK_CONTEXT_JSON='{"@aws-cdk/core:validateAgainstDefaultRules":true}' npx tsx --tsconfig test/valid/newest/tsconfig.json --require ./test/valid/newest/nag.js \
  test/emulator/synth.ts cdk.out/valid examples/*/app.ts test/permissions/choices/app.ts
.venv/bin/python -m pytest --quiet test/valid

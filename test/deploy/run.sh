#!/usr/bin/env bash
# Synthesizes every example for every environment, and runs the tests of this folder on them.
set -euo pipefail
cd "$(dirname "$0")/../.."

bash test/emulator/venv.sh
rm -rf cdk.out/deploy cdk.out/deploy-step-2
npx tsx --tsconfig tsconfig.dev.json test/emulator/synth.ts cdk.out/deploy examples/*/app.ts test/deploy/*/app.ts
CDK_CONTEXT_JSON='{"step":"2"}' npx tsx --tsconfig tsconfig.dev.json test/emulator/synth.ts cdk.out/deploy-step-2 examples/migration/app.ts
.venv/bin/python -m pytest --quiet test/deploy

#!/usr/bin/env bash
# Builds the Python wheel, installs it into a fresh virtual environment, and compares what app.py synthesizes with what app.ts does.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npx projen compile
npx jsii-pacmak --target python --outdir "$work/dist"

python3 -m venv "$work/venv"
# The releases that the library is developed against, which npm ci installed.
release() { node -p "require('$1/package.json').version"; }
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  "aws-cdk-lib==$(release aws-cdk-lib)" "constructs==$(release constructs)" "$work"/dist/python/*.whl

CDK_OUTDIR="$work/python" "$work/venv/bin/python" test/python/app.py
CDK_OUTDIR="$work/typescript" npx tsx --tsconfig tsconfig.dev.json test/python/app.ts

diff "$work/typescript/NodeRoles.template.json" "$work/python/NodeRoles.template.json"
echo "The templates of Python and TypeScript are equal: $(grep -c '"Type": "AWS::' "$work/python/NodeRoles.template.json") resources."

#!/usr/bin/env bash
# Installs the packed package in fresh projects, beside the oldest release of the CDK that it supports and the newest one, synthesizes every
# example there with each supported Node.js, and compares the templates with the snapshots.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bash test/packages/build.sh

release() { node -p "require('$1/package.json').version"; }
oldest=$(release aws-cdk-lib)
newest=$(npm view aws-cdk-lib version)
bash test/packages/consumer.sh "$work/$oldest" "aws-cdk-lib@$oldest" "constructs@$(release constructs)"
bash test/packages/consumer.sh "$work/$newest" "aws-cdk-lib@$newest" constructs

# The packages from which `npm install node` takes the binary.
binary="npm:node-$(node -p 'process.platform + "-" + process.arch')"
echo '{ "private": true }' > "$work/package.json"
npm install --silent --prefix "$work" "node20@$binary@20" "node22@$binary@22" "node24@$binary@24"

for release in "$oldest" "$newest"; do
  for node in node20 node22 node24; do
    (cd "$work/$release" && "$work/node_modules/$node/bin/node" synthesize.js "$work/templates/aws-cdk-lib $release, $node")
  done
done
npx tsx --tsconfig tsconfig.dev.json test/matrix/compare.ts "$work/templates"

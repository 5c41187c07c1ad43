#!/usr/bin/env bash
# Makes a project in FOLDER that installs the packed package beside the PACKAGES of the CDK, and compiles the examples against their types.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
folder=$1
packages=("${@:2}")

mkdir -p "$folder"
for example in examples/*/; do cp -r "$example" "$folder"; done
cp test/packages/synthesize.js "$folder"
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts "$root"/dist/js/*.tgz "${packages[@]}"
"$root/node_modules/.bin/tsc" --strict --module node16 --target es2022 --typeRoots "$root/node_modules/@types" --types node ./*/app.ts

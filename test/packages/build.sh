#!/usr/bin/env bash
# Builds what is published for JavaScript, Python, Java and Go into dist/, once for a state of the sources: the proofs that install packages share it.
set -euo pipefail
cd "$(dirname "$0")/../.."

sources=$(find src docs LICENSE README.md .npmignore package.json package-lock.json tsconfig.json -type f | sort | xargs sha256sum | sha256sum)
if [ "$sources" = "$(cat dist/sources.sha256 2> /dev/null)" ]; then exit; fi

rm -rf dist
npx projen compile
npx jsii-pacmak --targets js python java --maven-local-repository "$PWD/node_modules/.cache/maven"
npx jsii-pacmak --targets go --code-only # the apps that use it compile it
echo "$sources" > dist/sources.sha256

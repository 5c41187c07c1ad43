#!/usr/bin/env bash
# Compares the API with that of the last release, after compile. What breaks users fails; a major release names it in .compatignore.
set -euo pipefail
cd "$(dirname "$0")/../.."

tag=$(git describe --tags --abbrev=0 --match 'v[0-9]*' 2>/dev/null || true)
if [ -z "$tag" ]; then
  echo 'There is no release yet to compare with.'
  exit 0
fi

release=$(mktemp -d)
trap 'rm -rf "$release"' EXIT
git archive "$tag" | tar -x -C "$release"
ln -s "$PWD/node_modules" "$release/node_modules"
(cd "$release" && npx jsii --silence-warnings=reserved-word)

npx jsii-diff --keys --ignore-file .compatignore "$release" .
echo "The API is compatible with $tag."

#!/usr/bin/env bash
# Checks the packages, publishes them to registries on this machine, installs them from there in empty projects as a user would, and runs the
# first example of the README in TypeScript and in Python.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD

work=$(mktemp -d)
servers=()
finish() {
  [ ${#servers[@]} -eq 0 ] || kill "${servers[@]}" 2> /dev/null || true
  rm -rf "$work"
}
trap finish EXIT
bash test/packages/build.sh
tarball=("$root"/dist/js/*.tgz)

cp test/publish/package.json test/publish/package-lock.json "$work"
npm ci --silent --prefix "$work"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --requirement test/publish/requirements.txt

node test/publish/contents.js "$tarball"
"$work/node_modules/.bin/publint" run "$tarball" --strict

free_port() { python3 -c 'import socket; print(socket.create_server(("127.0.0.1", 0)).getsockname()[1])'; }
answers() { curl --silent --fail --retry 60 --retry-delay 1 --retry-connrefused --output /dev/null "$1"; }

npm_registry=127.0.0.1:$(free_port)
mkdir "$work/verdaccio"
sed "s#REGISTRY#$(npm config get registry)#" test/publish/verdaccio.yaml > "$work/verdaccio/config.yaml"
"$work/node_modules/.bin/verdaccio" --config "$work/verdaccio/config.yaml" --listen "$npm_registry" &
servers+=($!)

python_registry=127.0.0.1:$(free_port)
mkdir "$work/pypiserver"
"$work/venv/bin/pypi-server" run --interface 127.0.0.1 --port "${python_registry#*:}" --authenticate . --passwords . --disable-fallback "$work/pypiserver" &
servers+=($!)

answers "http://$npm_registry/-/ping"
answers "http://$python_registry/"

# Whoever publishes has a token, which this registry does not look at.
npm publish --silent "$tarball" --registry "http://$npm_registry" "--//$npm_registry/:_authToken=any"
"$work/venv/bin/twine" check --strict dist/python/*
"$work/venv/bin/twine" upload --non-interactive --disable-progress-bar --repository-url "http://$python_registry/" --username any --password any dist/python/*.whl

mkdir "$work/typescript" && cd "$work/typescript"
npm init --yes > /dev/null
npm install --silent --registry "http://$npm_registry" cdk-eks-node-role @types/node
npm ls cdk-eks-node-role aws-cdk-lib constructs
sed -n '/^```ts/,/^```$/{/^```$/q;/^```/d;p}' "$root/README.md" > app.ts
tsc() { "$root/node_modules/.bin/tsc" --strict --target es2022 --types node "$@" app.ts; }
tsc --noEmit --module preserve --moduleResolution bundler
tsc --module node16
CDK_OUTDIR=cdk.out node app.js

mkdir "$work/python" && cd "$work/python"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check --extra-index-url "http://$python_registry/simple" cdk-eks-node-role
cp "$root/test/publish/app.py" .
CDK_OUTDIR=cdk.out venv/bin/python app.py

diff "$work/typescript/cdk.out/Nodes.template.json" "$work/python/cdk.out/Nodes.template.json"
grep --quiet AmazonEKS_CNI_Policy "$work/python/cdk.out/Nodes.template.json"
echo 'Installed from registries, the first example of the README is the same in TypeScript and Python.'

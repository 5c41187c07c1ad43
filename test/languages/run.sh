#!/usr/bin/env bash
# Compares what apps in Java and Go synthesize from the packages with what TypeScript does, and the same for the larger app in Python.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD

# The oldest supported release of the CDK that npm, Maven and the proxy of Go have all been seen to serve.
release=2.260.0
stacks=(NodeRoles ManagedNodeGroupIrsa ExistingRoles AutoMode HybridNodes Windows OtherChoices)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bash test/packages/build.sh

typescript() {
  mkdir "$work/consumer"
  cp -r test/languages/other-choices "$work/consumer"
  bash test/packages/consumer.sh "$work/consumer" "aws-cdk-lib@$release" constructs
  (cd "$work/consumer" && node synthesize.js "$work/examples")
  mkdir "$work/typescript"
  mv "$work"/examples/*/*.template.json "$work/typescript"
}

java() {
  cp -r test/languages/java "$work/java-app"
  rm -rf node_modules/.cache/maven/io/github/cdk-eks-node-role # what an earlier run took from dist
  CDK_OUTDIR="$work/Java" mvn --quiet --batch-mode --file "$work/java-app" "-Dmaven.repo.local=$root/node_modules/.cache/maven" \
    "-Dcdk.version=$release" "-Dpackages=$root/dist/java" compile exec:java
}

go() {
  cp -r test/languages/go "$work/go-app"
  # The module is not published: no checksum of it can be looked up, and closed networks do not reach the database.
  export GOSUMDB=off GOFLAGS=-mod=mod
  cd "$work/go-app"
  command go mod edit -require "github.com/aws/aws-cdk-go/awscdk/v2@v$release" \
    -replace "github.com/cdk-eks-node-role/cdk-eks-node-role-go/cdkeksnoderole=$root/dist/go/cdkeksnoderole"
  CDK_OUTDIR="$work/Go" command go run .
}

# Outcome of the validator, then its findings.
findings() {
  node -e '
    const [{ pluginName, conclusion, violations }] = require(process.argv[1]).pluginReports;
    console.log(pluginName, conclusion);
    const places = ({ violatingConstructs }) => violatingConstructs.map(construct => construct.constructPath).join(" ");
    console.log(violations.map(violation => `${violation.severity} ${violation.ruleName} ${places(violation)}`).sort().join("\n"));
  ' "$work/$1/validation-report.json"
}

compare() {
  for stack in "${stacks[@]}"; do
    diff "$work/typescript/$stack.template.json" "$work/$1/$stack.template.json"
  done
  diff test/languages/findings.txt <(findings "$1")
  echo "$1: the templates of ${#stacks[@]} stacks are equal to those of TypeScript, and the findings are as expected."
}

node test/languages/unused.js java/src/main/java/example go
typescript
java
compare Java
(go)
compare Go
bash test/python/compare.sh
if command -v dotnet > /dev/null; then
  npx jsii-pacmak --targets dotnet --outdir "$work/dotnet"
  echo ".NET: packaged."
else
  echo ".NET: skipped, there is no SDK (dotnet)."
fi

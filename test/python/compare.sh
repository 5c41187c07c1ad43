#!/usr/bin/env bash
# Builds the Python wheel, installs it into a fresh virtual environment, and compares what app.py synthesizes with what app.ts does:
# every template, and the text of an error. All of the public API has to be in it.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PYTHONDONTWRITEBYTECODE=1

npx projen compile
python3 test/python/unused.py
npx jsii-pacmak --target python --outdir "$work/dist"

python3 -m venv "$work/venv"
# The releases that the library is developed against, which npm ci installed.
release() { node -p "require('$1/package.json').version"; }
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  "aws-cdk-lib==$(release aws-cdk-lib)" "constructs==$(release constructs)" "$work"/dist/python/*.whl

CDK_OUTDIR="$work/python" "$work/venv/bin/python" test/python/app.py > "$work/error.python"
CDK_OUTDIR="$work/typescript" npx tsx --tsconfig tsconfig.dev.json test/python/app.ts > "$work/error.typescript"

diff "$work/error.typescript" "$work/error.python"
report() { node -e 'const [report] = require(process.argv[1]).pluginReports; console.log(report.violations.map(v => `${v.severity} ${v.ruleName}`).sort().join("\n"))' "$1"; }
diff <(report "$work/typescript/validation-report.json") <(report "$work/python/validation-report.json")
rm -r "$work"/{python,typescript}/asset.* # code of the CDK
diff --recursive --exclude '*.assets.json' --exclude '*.metadata.json' --exclude manifest.json --exclude tree.json --exclude validation-report.json "$work/typescript" "$work/python"
echo "The error in Python: $(cat "$work/error.python")"
echo "The findings are equal: $(report "$work/python/validation-report.json" | wc -l)."
echo "The templates of Python and TypeScript are equal: $(cat "$work"/python/*.template.json | grep -c '"Type": "AWS::') resources."

import os
import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope='session')
def root():
    return Path(__file__).parents[2]


@pytest.fixture
def synthesize(root, tmp_path):
    """Synthesizes one app as run.sh does all."""
    def run(app):
        command = ['npx', 'tsx', '--tsconfig', 'test/valid/newest/tsconfig.json', '--require', './test/valid/newest/nag.js', app]
        environment = {**os.environ, 'CDK_OUTDIR': str(tmp_path), 'CDK_CONTEXT_JSON': '{"@aws-cdk/core:validateAgainstDefaultRules":true}'}
        return subprocess.run(command, cwd=root, env=environment, timeout=60, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return run

"""The CDK command line bootstraps an account, deploys an example and destroys it."""
import os
import subprocess

import pytest

from test.deploy.expected import ROLES
from test.deploy.test_deploy import role_of
from test.emulator.iam_state import left_over, role_state
from test.emulator.server import ROOT, Account


@pytest.fixture
def cdk(server, tmp_path):
    account = Account(server, 'us-east-1').emptied()
    environment = {
        **os.environ, 'CI': 'true', 'HOME': str(tmp_path), 'CDK_DISABLE_CLI_TELEMETRY': 'true',
        'AWS_ENDPOINT_URL': account.endpoint, 'AWS_ACCESS_KEY_ID': 'test', 'AWS_SECRET_ACCESS_KEY': 'test', 'AWS_REGION': account.region, 'AWS_EC2_METADATA_DISABLED': 'true',
    }

    def run(*arguments):
        command = [str(ROOT / 'node_modules/.bin/cdk'), *arguments, '--output', str(tmp_path / 'cdk.out'), '--no-notices', '--no-version-reporting',
                   '--app', 'npx tsx --tsconfig tsconfig.dev.json examples/node-role/app.ts']
        done = subprocess.run(command, cwd=ROOT, env=environment, timeout=120, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert done.returncode == 0, done.stdout
    run.account = account
    return run


@pytest.mark.filterwarnings('ignore:Tried to parse AWS..S3..BucketPolicy')
def test_an_example(cdk):
    cdk('bootstrap')
    bootstrapped = left_over(cdk.account)
    cdk('deploy', '--method', 'direct', '--require-approval', 'never', '--all')

    cloudformation = cdk.account.client('cloudformation')
    resources = cloudformation.list_stack_resources(StackName='NodeRoles')['StackResourceSummaries']
    physical = {resource['LogicalResourceId']: resource['PhysicalResourceId'] for resource in resources}
    states = {construct: role_state(cdk.account, role_of(physical, construct)) for construct in ROLES['node-role']}

    cdk('destroy', '--force', '--all')
    assert left_over(cdk.account) == bootstrapped
    for construct, expected in ROLES['node-role'].items():
        assert states[construct] == expected(cdk.account.emptied(), {}), construct

"""Runs moto with the adapter's CloudFormation, in this process: it ends with the tests, whatever happens."""
import json
import logging
import os
from functools import lru_cache
from pathlib import Path

os.environ['MOTO_IAM_LOAD_MANAGED_POLICIES'] = 'true'

import boto3  # noqa: E402
from moto.cloudformation.models import cloudformation_backends  # noqa: E402
from moto.iam.models import iam_backends  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402

from . import adapter, stubs  # noqa: E402

ROOT = Path(__file__).parents[2]
ENVIRONMENTS = json.loads((Path(__file__).parent / 'environments.json').read_text())
ACCOUNT = ENVIRONMENTS['account']
REGIONS = ENVIRONMENTS['environments']  # None: a template that fits every region, deployed in us-east-1

SUBNETS = 'subnet-0123456789abcdef0,subnet-0123456789abcdef1'


def start():
    adapter.install()
    logging.getLogger('werkzeug').setLevel(logging.ERROR)
    server = ThreadedMotoServer('127.0.0.1', port=0, verbose=False)
    server.start()
    return server


class Account:
    """An account in a region, by API calls over loopback."""

    def __init__(self, server, region, credentials=None):
        self.endpoint = f'http://localhost:{server.get_host_and_port()[1]}'
        self.region = region or 'us-east-1'
        self.credentials = credentials or {'aws_access_key_id': 'test', 'aws_secret_access_key': 'test'}
        self.stacks = set()

    @lru_cache
    def client(self, service):
        return boto3.client(service, endpoint_url=self.endpoint, region_name=self.region, **self.credentials)

    def emptied(self):
        """Itself, without anything that tests made; quicker than moto's reset, which reads the policies of AWS anew."""
        cloudformation_backends[ACCOUNT][self.region].reset()
        iam = iam_backends[ACCOUNT][self.partition]
        iam.managed_policies = {policy.arn: policy for policy in iam.aws_managed_policies}
        for policy in iam.aws_managed_policies: policy.attachment_count = 0
        for made in (self.stacks, iam.roles, iam.instance_profiles, iam.inline_policies, iam.open_id_providers, stubs.MADE): made.clear()
        return self

    @property
    def partition(self):
        return boto3.session.Session().get_partition_for_region(self.region)

    def deploy(self, name, template):
        """Creates or updates a stack; gives its resources: logical id to physical id."""
        cloudformation = self.client('cloudformation')
        arguments = {'StackName': name, 'TemplateBody': json.dumps(deployable(template)), 'Capabilities': ['CAPABILITY_NAMED_IAM'],
                     'Parameters': [{'ParameterKey': key, 'ParameterValue': SUBNETS} for key, value in template.get('Parameters', {}).items() if 'Subnet' in value['Type']]}
        (cloudformation.update_stack if name in self.stacks else cloudformation.create_stack)(**arguments)
        self.stacks.add(name)
        return {resource['LogicalResourceId']: resource['PhysicalResourceId'] for resource in cloudformation.list_stack_resources(StackName=name)['StackResourceSummaries']}

    def delete(self, name):
        self.client('cloudformation').delete_stack(StackName=name)
        self.stacks.remove(name)


def deployable(template):
    """The template without the parameter and rule by which the CDK asks for its bootstrap stack."""
    without = {key: value for key, value in template.items() if key != 'Rules'}
    return {**without, 'Parameters': {key: value for key, value in template.get('Parameters', {}).items() if key != 'BootstrapVersion'}}


def templates_of(app, environment, folder='cdk.out/deploy'):
    """The templates of a synthesized app by stack name."""
    files = sorted((ROOT / folder / environment / app).glob('*.template.json'))
    return {file.name.removesuffix('.template.json'): json.loads(file.read_text()) for file in files}

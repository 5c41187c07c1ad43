from contextlib import contextmanager

import pytest
import requests

from test.emulator import server as emulator


def pytest_addoption(parser):
    parser.addoption('--update', action='store_true', help='write docs/permissions.md')


@pytest.fixture(scope='session')
def server():
    running = emulator.start()
    yield running
    running.stop()


@pytest.fixture(scope='session')
def account(server):
    return emulator.Account(server, 'us-east-1').emptied()


@pytest.fixture(scope='session')
def roles(account):
    """The names of the deployed roles by the ids of their constructs."""
    template = emulator.templates_of('choices', 'us-east-1', 'cdk.out/permissions')['Choices']
    physical = account.deploy('Choices', template)
    return {logical[:-8]: name for logical, name in physical.items() if template['Resources'][logical]['Type'] == 'AWS::IAM::Role'}


@pytest.fixture(scope='session')
def sessions(account, server, roles):
    """What an instance with each role can do. The trust is not asked here: EC2 assumes the role, which moto does not play."""
    return {role: emulator.Account(server, 'us-east-1', session(account, name)) for role, name in roles.items()}


def session(account, role_name):
    arn = account.client('iam').get_role(RoleName=role_name)['Role']['Arn']
    credentials = account.client('sts').assume_role(RoleArn=arn, RoleSessionName='i-01234567890abcdef')['Credentials']
    return {'aws_access_key_id': credentials['AccessKeyId'], 'aws_secret_access_key': credentials['SecretAccessKey'], 'aws_session_token': credentials['SessionToken']}


@pytest.fixture
def enforcement(account):
    """IAM answers while this is entered, everything is allowed outside."""
    def after(count):
        requests.post(f'{account.endpoint}/moto-api/reset-auth', data=count, headers={'Content-Type': 'text/plain'}, timeout=60).raise_for_status()

    @contextmanager
    def entered():
        after('0')
        try:
            yield
        finally:
            after('inf')
    return entered()

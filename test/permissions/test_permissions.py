"""Each choice permits what the tables of this folder say, and nothing else of what it lists."""
import json

import pytest

from test.emulator.iam_state import statements
from test.emulator.server import ROOT
from test.permissions import document
from test.permissions.evaluate import can_be_made, documents, evaluated, made
from test.permissions.calls import CALLS
from test.permissions.choices import CHOICES
from test.permissions.software import SOFTWARE

FIXTURES = {path.stem: json.loads(path.read_text()) for path in (ROOT / 'test/fixtures/managed-policies').glob('*.json')}


@pytest.mark.parametrize('name', FIXTURES)
def test_the_emulator_has_the_document(account, name):
    iam = account.client('iam')
    arn = f'arn:aws:iam::aws:policy/{name}'
    version = iam.get_policy(PolicyArn=arn)['Policy']['DefaultVersionId']
    assert statements(iam.get_policy_version(PolicyArn=arn, VersionId=version)['PolicyVersion']['Document']) == statements(FIXTURES[name])


def test_the_documents_of_all_attached_policies_are_known(account, roles):
    attached = {policy['PolicyName'] for name in roles.values() for policy in account.client('iam').list_attached_role_policies(RoleName=name)['AttachedPolicies']
                if ':iam::aws:policy/' in policy['PolicyArn']}
    assert attached == set(FIXTURES)


def test_each_role_is_in_the_table(roles):
    assert sorted(roles) == sorted(choice.role for choice in CHOICES)


def test_each_permitted_call_is_in_the_table():
    assert [name for choice in CHOICES for name in choice.allows if name not in CALLS] == []


@pytest.mark.parametrize('choice', CHOICES, ids=lambda choice: choice.code)
def test_permits(account, roles, choice):
    policies = documents(account, roles[choice.role])
    assert [name for name, call in CALLS.items() if evaluated(policies, call)] == [name for name in CALLS if name in choice.allows]


@pytest.mark.parametrize('choice', CHOICES, ids=lambda choice: choice.code)
def test_permits_the_call_itself(account, roles, sessions, enforcement, choice):
    policies = documents(account, roles[choice.role])
    calls = [call for call in CALLS.values() if can_be_made(policies, call)]
    assert len(calls) > 20
    with enforcement:
        allowed = [call.name for call in calls if made(sessions[choice.role], call)]
    assert allowed == [call.name for call in calls if call.name in choice.allows]


@pytest.mark.parametrize('choice', CHOICES, ids=lambda choice: choice.code)
def test_is_assumed_by(account, roles, choice):
    trust = account.client('iam').get_role(RoleName=roles[choice.role])['Role']['AssumeRolePolicyDocument']
    assert statements(trust) == choice.trust


@pytest.mark.parametrize('software', SOFTWARE, ids=lambda software: software.name)
def test_works_with(software):
    group = document.group_of(software)
    assert [choice.role for choice in group if set(software.needs) <= set(choice.allows)] == [choice.role for choice in group if choice.role in software.works_with]


def test_the_page_says_so(account, roles, request):
    policies = {choice.role: documents(account, roles[choice.role]) for choice in CHOICES}
    results = {role: {name for name, call in CALLS.items() if evaluated(members, call)} for role, members in policies.items()}
    page = ROOT / 'docs/permissions.md'
    if request.config.getoption('--update'): page.write_text(document.render(results))
    assert page.read_text() == document.render(results), 'npm run test:permissions -- --update writes docs/permissions.md anew'

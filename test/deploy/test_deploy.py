"""Every example is deployed, updated and deleted; its roles are those that the guide's steps make, or those stated here."""
import copy

import pytest

from test.deploy.expected import ROLES, not_ours
from test.emulator.iam_state import left_over, role_state
from test.emulator.server import ROOT, templates_of

EXAMPLES = sorted(path.parent.name for path in (ROOT / 'examples').glob('*/app.ts'))


@pytest.mark.parametrize('example', EXAMPLES)
def test_example(account, environment, example):
    templates = templates_of(example, environment)
    physical = deploy(account, templates)
    states = {construct: role_state(account, role_of(physical, construct)) for construct in ROLES[example]}
    ids = role_ids(account)
    deployed = {'providers': left_over(account)['providers'], 'physical': physical}
    assert len(roles_in(templates)) == len(ROLES[example]), 'each role of the example has a row'

    # An update changes what it says, in place, and back again.
    added = f'arn:{account.partition}:iam::aws:policy/CloudWatchAgentServerPolicy'
    deploy(account, {name: with_policy(template, added) for name, template in templates.items()})
    for construct, before in states.items():
        after = role_state(account, role_of(physical, construct))
        assert after == {**before, 'aws managed policies': sorted([*before['aws managed policies'], added])}
    deploy(account, templates)
    assert {construct: role_state(account, role_of(physical, construct)) for construct in states} == states
    assert role_ids(account) == ids

    for name in reversed(templates):
        account.delete(name)
    assert not any(left_over(account).values())

    # What the guide's steps make in the same account, now empty again.
    for construct, expected in ROLES[example].items():
        assert expected is not_ours or states[construct] == expected(account, deployed), construct
        wipe(account)


def test_migration(account, environment):
    """The second step takes the VPC CNI's policy off the node role, and replaces nothing."""
    first, second = (templates_of('migration', environment, folder) for folder in ['cdk.out/deploy', 'cdk.out/deploy-step-2'])
    physical = deploy(account, first)
    ids = role_ids(account)
    cni_policy = f'arn:{account.partition}:iam::aws:policy/AmazonEKS_CNI_Policy'
    assert cni_policy in role_state(account, role_of(physical, 'NodeRole'))['aws managed policies']
    assert deploy(account, second) == physical
    assert role_ids(account) == ids
    assert cni_policy not in role_state(account, role_of(physical, 'NodeRole'))['aws managed policies']
    assert cni_policy in role_state(account, role_of(physical, 'NodeRoleVpcCniRole'))['aws managed policies']


def test_steps_keep_the_role(account, environment):
    """A role of the CDK becomes an EksNodeRole, changes its choices one after the other, and is never replaced."""
    steps = templates_of('steps', environment)
    ids = set()
    for name, template in steps.items():
        physical = account.deploy('Steps', template)
        ids |= set(role_ids(account).items())
        state = role_state(account, role_of(physical, 'NodeRole'))
        assert [policy.split('/')[-1] for policy in state['aws managed policies']] == STEPS[name][0], name
        assert len(state['customer managed policies']) == STEPS[name][1], name
    assert list(steps) == list(STEPS)
    assert len(ids) == 1
    account.delete('Steps')
    assert not any(left_over(account).values())


# Step: the AWS managed policies after it, and the number of customer managed ones.
STEPS = {
    '1-PlainRole': (['AmazonEC2ContainerRegistryReadOnly', 'AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy'], 0),
    '2-EksNodeRole': (['AmazonEC2ContainerRegistryReadOnly', 'AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy'], 0),
    '3-PullOnlyAndIpv6': (['AmazonEC2ContainerRegistryPullOnly', 'AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy'], 1),
    '4-LeastPrivilege': ([], 1),
    '5-Guide': (['AmazonEC2ContainerRegistryReadOnly', 'AmazonEKSWorkerNodePolicy'], 0),
}


def deploy(account, templates):
    return {logical: physical for name, template in templates.items() for logical, physical in account.deploy(name, template).items()}


def roles_in(templates):
    return [id for template in templates.values() for id, resource in template['Resources'].items() if resource['Type'] == 'AWS::IAM::Role']


def role_of(physical, construct):
    """The name of a role, by the id of its construct: the logical id is that and a hash of eight digits."""
    return next(name for logical, name in physical.items() if logical[:-8] == construct)


def role_ids(account):
    return {role['RoleName']: role['RoleId'] for role in account.client('iam').list_roles()['Roles']}


def with_policy(template, arn):
    changed = copy.deepcopy(template)
    for resource in changed['Resources'].values():
        if resource['Type'] == 'AWS::IAM::Role': resource['Properties'].setdefault('ManagedPolicyArns', []).append(arn)
    return changed


def wipe(account):
    iam = account.client('iam')
    for role in iam.list_roles()['Roles']:
        for policy in iam.list_attached_role_policies(RoleName=role['RoleName'])['AttachedPolicies']:
            iam.detach_role_policy(RoleName=role['RoleName'], PolicyArn=policy['PolicyArn'])
        iam.delete_role(RoleName=role['RoleName'])
    for policy in iam.list_policies(Scope='Local')['Policies']:
        iam.delete_policy(PolicyArn=policy['Arn'])

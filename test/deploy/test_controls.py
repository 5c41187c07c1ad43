"""Templates that CloudFormation and IAM refuse must fail here too, else the other proofs prove nothing. Each is a right template with one fault."""
import copy
import json

import pytest
from botocore.exceptions import ClientError

from test.emulator.iam_state import left_over
from test.emulator.server import Account

TRUST = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'Service': 'ec2.amazonaws.com'}, 'Action': 'sts:AssumeRole'}]}


def arn(rest):
    return {'Fn::Join': ['', ['arn:', {'Ref': 'AWS::Partition'}, rest]]}


RIGHT = {
    'Policy': {'Type': 'AWS::IAM::ManagedPolicy', 'Properties': {'PolicyDocument': {
        'Version': '2012-10-17',
        'Statement': [{'Effect': 'Allow', 'Action': 'ec2:CreateTags', 'Resource': arn(':ec2:*:*:network-interface/*')}],
    }}},
    'Role': {'Type': 'AWS::IAM::Role', 'Properties': {
        'AssumeRolePolicyDocument': {'Fn::Join': ['', [json.dumps(TRUST)]]},
        'ManagedPolicyArns': [arn(':iam::aws:policy/AmazonEKSWorkerNodePolicy'), {'Ref': 'Policy'}],
    }},
    'Nodegroup': {'Type': 'AWS::EKS::Nodegroup', 'Properties': {'ClusterName': 'c', 'NodeRole': {'Fn::GetAtt': ['Role', 'Arn']}, 'Subnets': ['subnet-1']}},
    'Entry': {'Type': 'AWS::EKS::AccessEntry', 'Properties': {'ClusterName': 'c', 'PrincipalArn': {'Fn::GetAtt': ['Role', 'Arn']}, 'Type': 'EC2_LINUX'}},
    'Association': {'Type': 'AWS::EKS::PodIdentityAssociation', 'Properties': {
        'ClusterName': 'c', 'Namespace': 'kube-system', 'ServiceAccount': 'aws-node', 'RoleArn': {'Fn::GetAtt': ['Role', 'Arn']},
    }},
}


def role(**properties):
    return lambda template: template['Role']['Properties'].update(properties)


def trust(**members):
    return role(AssumeRolePolicyDocument={**TRUST, 'Statement': [{**TRUST['Statement'][0], **members}]})


def resource(logical_id, **members):
    return lambda template: template.update({logical_id: {**template.get(logical_id, {}), **members}})


def properties(logical_id, **changed):
    return lambda template: template[logical_id]['Properties'].update(changed)


# Fault: what changes, and what the failure says.
FAULTS = {
    'a policy that is not there': (role(ManagedPolicyArns=[arn(':iam::aws:policy/AmazonEKSNodePolicy')]), 'does not exist'),
    'a literal partition in the name of a policy': (role(ManagedPolicyArns=['arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy']), 'Partition "aws"'),
    'a literal partition in a statement': (properties('Policy', PolicyDocument={
        'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': 'ec2:CreateTags', 'Resource': 'arn:aws:ec2:*:*:network-interface/*'}],
    }), 'Partition "aws"'),
    'an unknown property': (role(AssumeRolePolicy=TRUST), "'AssumeRolePolicy' was unexpected"),
    'an unknown type': (resource('Other', Type='AWS::IAM::NodeRole', Properties={}), 'no model of resource type AWS::IAM::NodeRole'),
    'an attribute that is not there': (properties('Entry', PrincipalArn={'Fn::GetAtt': ['Role', 'RoleArn']}), 'does not support attribute type RoleArn'),
    'a trust that is no JSON': (role(AssumeRolePolicyDocument={'Fn::Join': ['', ['{"Version":"2012-10-17",']]}), 'Syntax errors in policy'),
    'a trust without its action': (role(AssumeRolePolicyDocument={**TRUST, 'Statement': [{'Effect': 'Allow', 'Principal': {'Service': 'ec2.amazonaws.com'}}]}), 'must contain actions'),
    'a principal after the URL suffix': (trust(Principal={'Service': {'Fn::Join': ['', ['ec2.', {'Ref': 'AWS::URLSuffix'}, '.eu']]}}), 'Invalid principal'),
    'an identity document with a principal': (properties('Policy', PolicyDocument=TRUST), 'must contain resources'),
    'a policy that attaches itself': (resource('Second', Type='AWS::IAM::ManagedPolicy', Properties={**RIGHT['Policy']['Properties'], 'Roles': [{'Ref': 'Role'}]}), 'not emulated'),
    'a node group whose role goes by its name': (properties('Nodegroup', NodeRole={'Ref': 'Role'}), 'NodeRole is not the ARN of a role'),
    'a node group whose role trusts others': (trust(Principal={'Service': 'pods.eks.amazonaws.com'}), 'required service principals'),
    'an access entry of no type': (properties('Entry', Type='EC2_MACOS'), 'no such type'),
    'an access entry for a role that is not there': (properties('Entry', PrincipalArn=arn(':iam::123456789012:role/Nobody')), 'not found'),
    'two access entries for a role': (resource('Second', **RIGHT['Entry']), 'already in use'),
    'two associations for a service account': (resource('Second', **RIGHT['Association']), 'already in use'),
}


@pytest.fixture(params=['us-east-1', 'cn-north-1'])
def region(request):
    return request.param


@pytest.fixture
def empty(server, region):
    return Account(server, region).emptied()


def template(region, change=lambda template: None):
    resources = copy.deepcopy(RIGHT)
    if region == 'cn-north-1': trust(Principal={'Service': ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn']})(resources)
    change(resources)
    return {'Resources': resources}


def test_the_right_template_deploys(empty, region):
    empty.deploy('Control', template(region))
    empty.delete('Control')
    assert not any(left_over(empty).values())


@pytest.mark.parametrize('fault', FAULTS)
def test_fails(empty, region, fault):
    change, says = FAULTS[fault]
    if 'literal partition' in fault and region == 'us-east-1':
        empty.deploy('Control', template(region, change))  # the fault that shows elsewhere only
        return
    with pytest.raises(ClientError, match=says):
        empty.deploy('Control', template(region, change))


def test_a_replacement_fails(empty, region):
    empty.deploy('Control', template(region))
    with pytest.raises(ClientError, match='a change of Path replaces the resource'):
        empty.deploy('Control', template(region, role(Path='/eks/')))


def test_a_policy_that_a_role_has_is_not_deleted(empty, region):
    physical = empty.deploy('Control', template(region))
    statements = {'Resources': {name: value for name, value in template(region)['Resources'].items() if name != 'Policy'}}
    statements['Resources']['Role']['Properties']['ManagedPolicyArns'] = [physical['Policy']]
    with pytest.raises(ClientError, match='Cannot delete a policy attached to entities'):
        empty.deploy('Control', statements)

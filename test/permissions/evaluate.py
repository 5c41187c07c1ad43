"""
Whether a role may make a call, in two ways that must agree.

`evaluated`: moto's policy evaluation in this process, over the documents that IAM returns, with the ARN that the call acts on. A statement whose condition does not hold
is left out first: the operators below are known here, any other fails.
`made`: the role is assumed and the call is made over loopback with enforcement on. moto answers so for EC2, ECR, IAM, S3 and Systems Manager, but passes `*` as resource, so it
is asked only where no statement names the resource of that action.
"""
import json
import re
from fnmatch import fnmatchcase

from botocore.exceptions import ClientError
from moto.iam.access_control import IAMPolicy, PermissionResult

from test.emulator.iam_state import as_list, document_of

OPERATORS = {
    'StringEquals': lambda value, expected: value in expected,
    'StringNotEquals': lambda value, expected: value not in expected,
    'StringLike': lambda value, expected: value is not None and any(fnmatchcase(value, pattern) for pattern in expected),
}
DENIED = {'AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', '403'}
ENI = {'NetworkInterfaceId': 'eni-01234567890abcdef'}
INSTANCE = {'InstanceId': 'i-01234567890abcdef'}
IMAGE = {'repositoryName': 'my-service'}

# The arguments of the calls that are made.
ARGUMENTS = {
    **dict.fromkeys(['ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeRouteTables', 'ec2:DescribeSecurityGroups',
                     'ec2:DescribeSubnets', 'ec2:DescribeTags', 'ec2:DescribeVolumes', 'ec2:DescribeVolumesModifications', 'ec2:DescribeVpcs'], {}),
    'ec2:AssignIpv6Addresses': {**ENI, 'Ipv6PrefixCount': 1},
    'ec2:UnassignIpv6Addresses': {**ENI, 'Ipv6Prefixes': ['2001:db8::/80']},
    'ec2:AssignPrivateIpAddresses': ENI,
    'ec2:UnassignPrivateIpAddresses': {**ENI, 'PrivateIpAddresses': ['10.0.0.1']},
    'ec2:CreateNetworkInterface': {'SubnetId': 'subnet-01234567890abcdef'},
    'ec2:AttachNetworkInterface': {**ENI, **INSTANCE, 'DeviceIndex': 1},
    'ec2:DetachNetworkInterface': {'AttachmentId': 'eni-attach-01234567890abcdef'},
    'ec2:ModifyNetworkInterfaceAttribute': {**ENI, 'Groups': ['sg-01234567890abcdef']},
    'ec2:DeleteNetworkInterface': ENI,
    'ec2:CreateVpc': {'CidrBlock': '10.0.0.0/16'},
    'ec2:RunInstances': {'MinCount': 1, 'MaxCount': 1},
    'ec2:TerminateInstances': {'InstanceIds': [INSTANCE['InstanceId']]},
    'ecr:GetAuthorizationToken': {},
    'ecr:BatchGetImage': {**IMAGE, 'imageIds': [{'imageTag': 'latest'}]},
    'ecr:PutImage': {**IMAGE, 'imageManifest': '{}'},
    'ecr:CreateRepository': IMAGE,
    'ecr:DeleteRepository': IMAGE,
    'ecr:DescribeImages': IMAGE,
    'ecr:DescribeRepositories': {},
    'ecr:ListImages': IMAGE,
    'iam:CreateUser': {'UserName': 'any'},
    'iam:AttachRolePolicy': {'RoleName': 'any', 'PolicyArn': 'arn:aws:iam::aws:policy/AdministratorAccess'},
    's3:ListAllMyBuckets': {},
    'ssm:GetParameter': {'Name': 'any'},
}


def documents(account, role_name):
    """The identity policies of a role."""
    iam = account.client('iam')
    attached = [document_of(iam, policy['PolicyArn']) for policy in iam.list_attached_role_policies(RoleName=role_name)['AttachedPolicies']]
    inline = [iam.get_role_policy(RoleName=role_name, PolicyName=name)['PolicyDocument'] for name in iam.list_role_policies(RoleName=role_name)['PolicyNames']]
    return [*attached, *inline]


def evaluated(documents, call):
    results = [IAMPolicy(json.dumps(holding(document, call))).is_action_permitted(call.action, call.resource) for document in documents]
    return PermissionResult.PERMITTED in results and PermissionResult.DENIED not in results


def holding(document, call):
    """The document with the statements whose conditions hold, without these."""
    members = [{key: value for key, value in statement.items() if key != 'Condition'} for statement in document['Statement'] if holds(statement.get('Condition', {}), call)]
    return {**document, 'Statement': members}


def holds(condition, call):
    context = {'aws:ResourceAccount': call.resource.split(':')[4] if call.resource.startswith('arn:') else None, **call.context}
    return all(OPERATORS[operator](context.get(key), as_list(values)) for operator, keys in condition.items() for key, values in keys.items())


def can_be_made(documents, call):
    statements = [statement for document in documents for statement in document['Statement'] if call.action in as_list(statement['Action'])]
    return call.action in ARGUMENTS and all(as_list(statement['Resource']) == ['*'] and 'Condition' not in statement for statement in statements)


def made(session, call):
    """Makes the call; whatever AWS says of its arguments, it says after authorization."""
    service, operation = call.action.split(':')
    operation = {'ListAllMyBuckets': 'ListBuckets'}.get(operation, operation)
    method = re.sub(r'(?<=[a-z0-9])(?=[A-Z])', '_', operation).lower()
    try:
        getattr(session.client(service), method)(**ARGUMENTS[call.action])
        return True
    except ClientError as error:
        return error.response['Error']['Code'] not in DENIED

"""
Stubs for the resources around a node role, which are EKS's and EC2's: they prove references, not EKS.

Checked are the schema, that every role and instance profile named by its ARN is there, that a node role is given by its ARN, the types of access entries, that a node
group's role trusts EC2, and that a cluster has one access entry for a principal and one association for a service account.
"""
import json
import re

from moto.cloudformation.exceptions import ValidationError
from moto.moto_api._internal import mock_random

from .schema import schema_of, strings_in

ROLE_ARN = re.compile(r'^arn:[^:]+:iam::\d+:role/(?:.*/)?([^/]+)$')

# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-accessentry.html (read 2026-11-23)
ACCESS_ENTRY_TYPES = {'STANDARD', 'EC2', 'EC2_LINUX', 'EC2_WINDOWS', 'FARGATE_LINUX', 'HYBRID_LINUX', 'HYPERPOD_LINUX'}

INSTANCE_PROFILE_ARN = re.compile(r'^arn:[^:]+:iam::\d+:instance-profile/(?:.*/)?([^/]+)$')

# Properties that name a role; what identifies a resource within the account, beside what the schema says.
KINDS = {
    'AWS::AutoScaling::AutoScalingGroup': {'roles': [], 'unique': []},
    'AWS::EC2::LaunchTemplate': {'roles': [], 'unique': []},
    'AWS::EKS::AccessEntry': {'roles': ['PrincipalArn'], 'unique': ['ClusterName', 'PrincipalArn']},
    'AWS::EKS::Addon': {'roles': ['ServiceAccountRoleArn'], 'unique': ['ClusterName', 'AddonName']},
    'AWS::EKS::Cluster': {'roles': ['RoleArn'], 'unique': ['Name']},
    'AWS::EKS::Nodegroup': {'roles': ['NodeRole'], 'unique': []},
    'AWS::EKS::PodIdentityAssociation': {'roles': ['RoleArn'], 'unique': ['ClusterName', 'Namespace', 'ServiceAccount']},
}


class Made:
    """What a template made."""

    def __init__(self, backend, resource_type, name, region_name, properties):
        self.type = resource_type
        self.physical_resource_id = properties.get('Name', name)
        self.template_properties = properties
        self.attributes = {pointer.removeprefix('/properties/').replace('/', '.'): f'{resource_type}/{name}' for pointer in schema_of(resource_type).get('readOnlyProperties', [])}
        if resource_type == 'AWS::EKS::Cluster':
            self.attributes['Arn'] = f"arn:{backend.partition}:eks:{region_name}:{backend.account_id}:cluster/{self.physical_resource_id}"
            self.attributes['OpenIdConnectIssuerUrl'] = f'https://oidc.eks.{region_name}.amazonaws.com/id/{mock_random.get_random_hex(32).upper()}'

    def is_created(self):
        return True

    def get_cfn_attribute(self, name):
        return self.attributes[name]


MADE: dict[tuple, list[Made]] = {}


def resources(backend):
    """All that templates made in an account and partition."""
    return MADE.setdefault((backend.account_id, backend.partition), [])


def check(backend, resource_type, properties, itself=None):
    for name in KINDS[resource_type]['roles']:
        if name in properties and not ROLE_ARN.match(properties[name]):
            raise ValidationError(message=f'{resource_type}: {name} is not the ARN of a role: {properties[name]}')
    for match in filter(None, map(ROLE_ARN.match, strings_in(properties))):
        backend.get_role_by_arn(match[0])
    for match in filter(None, map(INSTANCE_PROFILE_ARN.match, strings_in(properties))):
        backend.get_instance_profile(match[1])
    if resource_type == 'AWS::EKS::AccessEntry' and properties.get('Type', 'STANDARD') not in ACCESS_ENTRY_TYPES:
        raise ValidationError(message=f"{resource_type}: no such type: {properties['Type']}")
    if resource_type == 'AWS::EKS::Nodegroup':
        check_trust(backend, properties['NodeRole'])
    unique = KINDS[resource_type]['unique']
    same = [made for made in resources(backend) if made.type == resource_type and made is not itself
            and all(made.template_properties.get(name) == properties.get(name) for name in unique) and any(name in properties for name in unique)]
    if same: raise ValidationError(message=f'{resource_type} is already in use: {[properties.get(name) for name in unique]}')


def check_trust(backend, role_arn):
    """Either name in aws-cn: that EKS there was seen to ask for the second is not confirmed, https://github.com/awslabs/cdk-eks-blueprints/issues/558 (read 2026-11-23)."""
    accepted = {'ec2.amazonaws.com', *(['ec2.amazonaws.com.cn'] if backend.partition == 'aws-cn' else [])}
    statements = json.loads(backend.get_role_by_arn(role_arn).assume_role_policy_document)['Statement']
    if not any(accepted & set(strings_in(statement['Principal'])) for statement in statements):
        raise ValidationError(message=f'Following required service principals {sorted(accepted)} were not found in the trust relationships of nodeRole {role_arn}')


def stubs(model):
    """A model for each kind."""
    return [stub(model, resource_type) for resource_type in KINDS]


def stub(model, resource_type):
    class Stub(model):
        type = resource_type

        @classmethod
        def create_from_cloudformation_json(cls, name, resource, account_id, region_name, **kwargs):
            cls.region_name = region_name
            return super().create_from_cloudformation_json(name, resource, account_id, region_name, **kwargs)

        @classmethod
        def create(cls, backend, name, properties):
            check(backend, cls.type, properties)
            made = Made(backend, cls.type, name, cls.region_name, properties)
            resources(backend).append(made)
            return made

        @classmethod
        def update(cls, backend, made, properties):
            check(backend, cls.type, properties, itself=made)

        @classmethod
        def delete(cls, backend, physical_id):
            resources(backend)[:] = [made for made in resources(backend) if (made.type, made.physical_resource_id) != (cls.type, physical_id)]

    return Stub

"""
CloudFormation for the proofs: that of moto 5.2.5, with the gaps closed through which a wrong template would pass.

Emulated, as CloudFormation and IAM do it:
- a resource type without a model here fails, and so does a property or value that the resource's schema (AWS's own, as cfn-lint carries it) does not have;
- `AWS::Partition` and `AWS::URLSuffix` are those of the region;
- roles: managed policies are attached, or the stack fails; the trust document may be a JSON string; documents are checked by moto's IAM, beside it the
  principals and the partition of every ARN; inline policies, boundary, description, session duration, tags; update in place, and delete;
- customer managed policies: update by a new version, deletion only when nothing has them; inline policies, instance profiles, OpenID Connect providers;
- an update adds and changes before it removes.

Not emulated, and failing where a template needs it: changes that replace a resource, `Users`, `Groups` and `Roles` of managed policies.
Not emulated at all: rollback, drift, quotas, whether AWS has a managed policy in a partition (moto has the same in all), EKS and EC2 themselves (see stubs.py),
the values of Systems Manager parameters (every one is an image), and
the CDK's bootstrap stack, CDKToolkit, whose resources are moto's as they are.
"""
import json

from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError
from moto.iam import models as iam
from moto.iam.policy_validation import IAMPolicyDocumentValidator, IAMTrustPolicyDocumentValidator
from moto.utilities.utils import get_partition

from . import stubs
from .schema import check_arns, check_properties, check_unchanged

URL_SUFFIX = {'aws-cn': 'amazonaws.com.cn', 'aws-eusc': 'amazonaws.eu'}

# IAM refuses other service principals, such as ec2.amazonaws.eu: https://github.com/pulumi/pulumi-eks/issues/2341 (read 2026-11-23).
SERVICE_PRINCIPALS = {'cloudformation.amazonaws.com', 'ec2.amazonaws.com', 'eks.amazonaws.com', 'pods.eks.amazonaws.com', 'rolesanywhere.amazonaws.com', 'ssm.amazonaws.com'}
SERVICE_PRINCIPALS_IN = {'aws-cn': {'ec2.amazonaws.com.cn'}}

# Types of the CDK's bootstrap stack alone.
BOOTSTRAP = {'AWS::ECR::Repository', 'AWS::KMS::Alias', 'AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::SSM::Parameter'}


class Model:
    """A resource type: the checks that all have in common, and what its subclass does."""

    type: str

    @classmethod
    def create_from_cloudformation_json(cls, name, resource, account_id, region_name, **kwargs):
        if ':stack/CDKToolkit/' in kwargs['StackId']:
            return models_of_moto(cls.type).create_from_cloudformation_json(name, resource, account_id, region_name, **kwargs)
        properties = cls.checked(resource, region_name)
        made = cls.create(backend(account_id, region_name), name, properties)
        made.template_properties = properties
        return made

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        properties = cls.checked(cloudformation_json, region_name)
        check_unchanged(cls.type, original_resource.template_properties, properties)
        cls.update(backend(account_id, region_name), original_resource, properties)
        original_resource.template_properties = properties
        return original_resource

    @classmethod
    def delete_from_cloudformation_json(cls, physical_id, resource, account_id, region_name):
        cls.delete(backend(account_id, region_name), physical_id)

    @classmethod
    def checked(cls, resource, region_name):
        properties = without_no_value(resource['Properties'])
        check_properties(cls.type, properties)
        check_arns(properties, get_partition(region_name))
        return properties

    @classmethod
    def has_cfn_attr(cls, name):
        return True  # get_cfn_attribute of what was made fails for others


class Role(Model):
    type = 'AWS::IAM::Role'

    @classmethod
    def create(cls, backend, name, properties):
        role = backend.create_role(
            role_name=properties.get('RoleName', name), path=properties.get('Path', '/'), tags=[],
            assume_role_policy_document=trust_document(properties, backend.partition),
            permissions_boundary=None, description='', max_session_duration=None)
        cls.update(backend, role, properties)
        return role

    @classmethod
    def update(cls, backend, role, properties):
        role.assume_role_policy_document = trust_document(properties, backend.partition)
        role.description = properties.get('Description', '')
        role.max_session_duration = properties.get('MaxSessionDuration', 3600)
        role.tags = properties.get('Tags', [])
        boundary = properties.get('PermissionsBoundary')
        if boundary: backend.get_policy(boundary)
        role.permissions_boundary_arn = boundary
        role.policies = {policy['PolicyName']: identity_document(policy['PolicyDocument']) for policy in properties.get('Policies', [])}
        detach_all(role)
        for arn in properties.get('ManagedPolicyArns', []):
            backend.attach_role_policy(arn, role.name)

    @classmethod
    def delete(cls, backend, name):
        detach_all(backend.get_role(name))
        for policy in backend.inline_policies.values():
            policy.role_names = [role for role in policy.role_names if role != name]
        backend.delete_role(name)


class ManagedPolicy(Model):
    type = 'AWS::IAM::ManagedPolicy'

    @classmethod
    def create(cls, backend, name, properties):
        others = {'Users', 'Groups', 'Roles'} & {key for key, value in properties.items() if value}
        if others: raise ValidationError(message=f'{cls.type}: {sorted(others)} is not emulated, roles refer to their policies')
        return backend.create_policy(
            policy_name=properties.get('ManagedPolicyName', name), path=properties.get('Path', '/'), tags=properties.get('Tags', []),
            description=properties.get('Description', ''), policy_document=identity_document(properties['PolicyDocument']))

    @classmethod
    def update(cls, backend, policy, properties):
        oldest = [version for version in policy.versions if not version.is_default][:1]
        if len(policy.versions) == 5: policy.versions.remove(oldest[0])
        backend.create_policy_version(policy.arn, identity_document(properties['PolicyDocument']), set_as_default=True)

    @classmethod
    def delete(cls, backend, arn):
        if backend.get_policy(arn).attachment_count > 0:
            raise ValidationError(message=f'Cannot delete a policy attached to entities: {arn}')
        backend.delete_policy(arn)


class InlinePolicy(Model):
    type = 'AWS::IAM::Policy'

    @classmethod
    def create(cls, backend, name, properties):
        return backend.create_inline_policy(name, properties['PolicyName'], identity_document(properties['PolicyDocument']),
                                            properties.get('Groups', []), properties.get('Roles', []), properties.get('Users', []))

    @classmethod
    def update(cls, backend, policy, properties):
        backend.update_inline_policy(policy.name, properties['PolicyName'], identity_document(properties['PolicyDocument']),
                                     properties.get('Groups', []), properties.get('Roles', []), properties.get('Users', []))

    @classmethod
    def delete(cls, backend, name):
        backend.delete_inline_policy(name)


class InstanceProfile(Model):
    type = 'AWS::IAM::InstanceProfile'

    @classmethod
    def create(cls, backend, name, properties):
        return backend.create_instance_profile(properties.get('InstanceProfileName', name), properties.get('Path', '/'), properties['Roles'])

    @classmethod
    def update(cls, backend, profile, properties):
        profile.roles = [backend.get_role(name) for name in properties['Roles']]

    @classmethod
    def delete(cls, backend, name):
        backend.delete_instance_profile(name, ignore_attached_roles=True)


class OpenIdConnectProvider(Model):
    type = 'AWS::IAM::OIDCProvider'

    @classmethod
    def create(cls, backend, name, properties):
        provider = backend.create_open_id_connect_provider(
            properties['Url'], properties.get('ThumbprintList', []), properties.get('ClientIdList', []), properties.get('Tags', []))
        provider.physical_resource_id = provider.arn
        provider.get_cfn_attribute = {'Arn': provider.arn}.__getitem__
        provider.is_created = lambda: True
        return provider

    @classmethod
    def update(cls, backend, provider, properties):
        provider.client_id_list = properties.get('ClientIdList', [])

    @classmethod
    def delete(cls, backend, arn):
        backend.delete_open_id_connect_provider(arn)


models_of_moto = parsing.resource_class_from_type
MODELS = {model.type: model for model in [Role, ManagedPolicy, InlinePolicy, InstanceProfile, OpenIdConnectProvider, *stubs.stubs(Model)]}


def backend(account_id, region_name):
    return iam.iam_backends[account_id][get_partition(region_name)]


def without_no_value(value):
    """moto leaves AWS::NoValue out of objects, not out of lists."""
    if isinstance(value, dict): return {key: without_no_value(member) for key, member in value.items()}
    if isinstance(value, list): return [without_no_value(member) for member in value if member is not None]
    return value


def detach_all(role):
    for policy in list(role.managed_policies.values()):
        policy.detach_from(role)


def identity_document(document):
    text = document if isinstance(document, str) else json.dumps(document)
    IAMPolicyDocumentValidator(text).validate()
    return text


def trust_document(properties, partition):
    document = properties['AssumeRolePolicyDocument']
    text = document if isinstance(document, str) else json.dumps(document)
    IAMTrustPolicyDocumentValidator(text).validate()  # refuses what is no JSON
    check_arns(json.loads(text), partition)
    for statement in json.loads(text)['Statement']:
        services = statement['Principal'].get('Service', [])
        unknown = {services} if isinstance(services, str) else set(services)
        unknown -= SERVICE_PRINCIPALS | SERVICE_PRINCIPALS_IN.get(partition, set())
        if unknown: raise ValidationError(message=f'Invalid principal in policy: {sorted(unknown)}')
    return text


def install():
    """Puts the models in place of moto's, for the whole process."""
    construct = parsing.ResourceMap.__init__

    def model_of(resource_type):
        if resource_type in MODELS: return MODELS[resource_type]
        if resource_type in BOOTSTRAP: return models_of_moto(resource_type)
        raise ValidationError(message=f'Template format error: no model of resource type {resource_type}')

    def construct_with_partition(self, *args, **kwargs):
        construct(self, *args, **kwargs)
        partition = get_partition(self._region_name)
        self._parsed_resources |= {'AWS::Partition': partition, 'AWS::URLSuffix': URL_SUFFIX.get(partition, 'amazonaws.com')}

    parsing.resource_class_from_type = model_of
    parsing.ResourceMap.__init__ = construct_with_partition
    parsing.ResourceMap.parse_ssm_parameter = lambda self, value, value_type: 'ami-0123456789abcdef0'
    parsing.ResourceMap.update = update


def update(self, template, parameters=None):
    """In place of moto's, which removes first and tries each failing step five times."""
    changes = self.build_resource_diff(template, parameters)
    removed = {name: self._resource_json_map[name] for name in changes['Remove']}
    self._template = template
    self.input_parameters = parameters or self.input_parameters
    self.load_mapping()
    self.load_parameters()
    self.load_conditions()
    self._resource_json_map = template['Resources']
    for name in changes['Add']:
        self[name]
    for name in changes['Modify']:
        self._parsed_resources[name] = parsing.parse_and_update_resource(name, self._resource_json_map[name], self, self._account_id, self._region_name)
    for name, resource in removed.items():
        self._delete_resource(self._parsed_resources.pop(name), resource)

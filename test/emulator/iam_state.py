"""What IAM says of a role, in a form that compares: names of customer managed policies left out, lists of one and scalars equal, order of no account."""
import json


def role_state(account, name):
    iam = account.client('iam')
    role = iam.get_role(RoleName=name)['Role']
    attached = iam.list_attached_role_policies(RoleName=name)['AttachedPolicies']
    return {
        'trust': statements(role['AssumeRolePolicyDocument']),
        'aws managed policies': sorted(policy['PolicyArn'] for policy in attached if ':iam::aws:policy/' in policy['PolicyArn']),
        'customer managed policies': [statements(document_of(iam, policy['PolicyArn'])) for policy in attached if ':iam::aws:policy/' not in policy['PolicyArn']],
        'inline policies': iam.list_role_policies(RoleName=name)['PolicyNames'],
        'boundary': role.get('PermissionsBoundary', {}).get('PermissionsBoundaryArn'),
        'path': role['Path'],
    }


def document_of(iam, arn):
    version = iam.get_policy(PolicyArn=arn)['Policy']['DefaultVersionId']
    return iam.get_policy_version(PolicyArn=arn, VersionId=version)['PolicyVersion']['Document']


def statements(document):
    """The statements of a document: Sids left out, actions and principals as sorted lists, the statements sorted."""
    document = json.loads(document) if isinstance(document, str) else document
    members = document['Statement'] if isinstance(document['Statement'], list) else [document['Statement']]
    return sorted((normal({key: value for key, value in statement.items() if key != 'Sid'}) for statement in members), key=json.dumps)


def normal(statement):
    """Every value as a list."""
    listed = {key: as_list(value) for key, value in statement.items() if key in ('Action', 'Resource')}
    nested = {key: {inner: as_list(value) for inner, value in statement[key].items()} for key in ('Principal',) if key in statement}
    condition = {operator: {key: as_list(value) for key, value in keys.items()} for operator, keys in statement.get('Condition', {}).items()}
    return {'Effect': statement['Effect'], **listed, **nested, **({'Condition': condition} if condition else {})}


def as_list(value):
    return sorted([value] if isinstance(value, str) else value)


def left_over(account):
    """What an account has beside AWS's own."""
    iam = account.client('iam')
    return {
        'roles': [role['RoleName'] for role in iam.list_roles()['Roles']],
        'policies': [policy['PolicyName'] for policy in iam.list_policies(Scope='Local')['Policies']],
        'instance profiles': [profile['InstanceProfileName'] for profile in iam.list_instance_profiles()['InstanceProfiles']],
        'providers': [provider['Arn'] for provider in iam.list_open_id_connect_providers()['OpenIDConnectProviderList']],
    }

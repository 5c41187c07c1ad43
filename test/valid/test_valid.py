"""What other tools say of the templates: of every example, and of the roles with each choice. A finding is explained here or in docs/security.md, or fails."""
import json
import re
from pathlib import Path

import parliament
import pytest
from cfnlint.api import lint
from cfnlint.config import ManualArgs

ENVIRONMENTS = json.loads(Path('test/emulator/environments.json').read_text())
REGIONS = {environment: region or 'us-east-1' for environment, region in ENVIRONMENTS['environments'].items()}


@pytest.fixture(params=REGIONS)
def environment(request):
    return request.param


@pytest.fixture
def apps(root, environment):
    """The synthesized apps of an environment: name to folder."""
    found = {path.name: path for path in sorted((root / 'cdk.out/valid' / environment).iterdir())}
    assert set(found) == {path.parent.name for path in root.glob('examples/*/app.ts')} | {'choices'}
    return found


@pytest.fixture
def templates(apps):
    return {path.name: path.read_text() for app in apps.values() for path in sorted(app.glob('*.template.json'))}


# ── cfn-lint ────────────────────────────────────────────────────────────────────────────────────

def cfn_lint(template, region):
    return [f'{match.rule.id} {match.message}' for match in lint(template, config=ManualArgs(regions=[region]))]


def test_cfn_lint(templates, environment):
    assert {name: cfn_lint(text, REGIONS[environment]) for name, text in templates.items()} == {name: [] for name in templates}


@pytest.mark.parametrize('change, says', [
    (('ec2:DescribeTags"', 'ec2:DescribeTag"'), 'W3037'),
    (('"ManagedPolicyArns"', '"ManagedPolicies"'), 'E3002'),
    (('"Principal"', '"Principals"'), 'E3530'),
])
def test_cfn_lint_sees(root, change, says):
    text = (root / 'cdk.out/valid/us-east-1/node-role/NodeRoles.template.json').read_text()
    assert any(finding.startswith(says) for finding in cfn_lint(text.replace(*change), 'us-east-1'))


# ── the CDK's own validation ────────────────────────────────────────────────────────────────────

def test_cdk_validation(apps):
    """Synthesis fails where it finds an error; here it has no warning either."""
    assert {name: json.loads((app / 'validation-report.json').read_text())['pluginReports'] for name, app in apps.items()} == {name: [] for name in apps}


def test_cdk_validation_sees(synthesize):
    done = synthesize('test/valid/apps/property.ts')
    assert done.returncode != 0
    assert "Additional properties are not allowed ('ManagedPolicies' was unexpected)" in done.stdout


# ── parliament ──────────────────────────────────────────────────────────────────────────────────

CREATED_BY_NODES = "the interfaces are made while nodes run, and AWS's document has * too: https://github.com/aws/amazon-vpc-cni-k8s/blob/b5218838/docs/iam-policy.md"
ANY_CLUSTER = 'a node role is made before the cluster is known; AmazonEKSWorkerNodePolicy has * too'
ANY_REPOSITORY = 'the user named no repositories, or the statement is for those of other accounts, under their own policies'

# Finding: why it is accepted.
EXPLAINED = {
    **{('RESOURCE_STAR', f'ec2:{action}'): CREATED_BY_NODES for action in [
        'AssignIpv6Addresses', 'AttachNetworkInterface', 'CreateNetworkInterface', 'DeleteNetworkInterface', 'DetachNetworkInterface', 'ModifyNetworkInterfaceAttribute',
    ]},
    ('RESOURCE_STAR', 'eks-auth:AssumeRoleForPodIdentity'): ANY_CLUSTER,
    ('RESOURCE_STAR', 'eks:DescribeCluster'): ANY_CLUSTER,
    ('RESOURCE_STAR', 'ecr:BatchGetImage'): ANY_REPOSITORY,
    ('RESOURCE_STAR', 'ecr:GetDownloadUrlForLayer'): ANY_REPOSITORY,
    ('RESOURCE_MISMATCH', 'ecr:BatchImportUpstreamImage'):
        "parliament's data is older than the action's resource type, repository: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html",
    ('INVALID_ARN', 'Region expected to be of form like us-east-1'): 'parliament does not know the names of regions in aws-eusc',
}


def findings_of(document):
    for finding in parliament.analyze_policy_string(json.dumps(document)).findings:
        for detail in [finding.detail] if isinstance(finding.detail, str) else finding.detail:
            yield finding.issue, detail['action'] if isinstance(detail, dict) else detail


def identity_documents(text):
    resources = json.loads(text)['Resources']
    for resource in resources.values():
        if resource['Type'] in ('AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy'): yield resolved(resource['Properties']['PolicyDocument'], resources)


ARNS = {'AWS::IAM::Role': 'arn:aws:iam::123456789012:role/any', 'AWS::EKS::Cluster': 'arn:aws:eks:us-east-1:123456789012:cluster/any'}


def resolved(value, resources):
    """The value as it would be deployed."""
    if isinstance(value, list): return [resolved(member, resources) for member in value]
    if not isinstance(value, dict): return value
    if 'Ref' in value: return {'AWS::Partition': 'aws', 'AWS::AccountId': ENVIRONMENTS['account'], 'AWS::Region': 'us-east-1'}.get(value['Ref'], value['Ref'])
    if 'Fn::GetAtt' in value: return ARNS[resources[value['Fn::GetAtt'][0]]['Type']]
    if 'Fn::Join' in value: return value['Fn::Join'][0].join(resolved(value['Fn::Join'][1], resources))
    return {key: resolved(member, resources) for key, member in value.items()}


def test_parliament(templates):
    findings = {finding for text in templates.values() for document in identity_documents(text) for finding in findings_of(document)}
    assert findings - EXPLAINED.keys() == set()


def test_parliament_has_no_other_explanation(root):
    texts = [path.read_text() for path in (root / 'cdk.out/valid').glob('*/*/*.template.json')]
    assert {finding for text in texts for document in identity_documents(text) for finding in findings_of(document)} == EXPLAINED.keys()


def test_parliament_sees():
    document = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': 'ec2:DescribeInstance', 'Resource': '*'}]}
    assert 'UNKNOWN_ACTION' in [issue for issue, _ in findings_of(document)]


# ── cdk-nag ─────────────────────────────────────────────────────────────────────────────────────

def test_cdk_nag(root):
    """The ids that the packs find are those in the table of docs/security.md, no more and no fewer."""
    found = {agnostic(finding['id']) for path in (root / 'cdk.out/valid').glob('*/*/nag.json') for finding in json.loads(path.read_text())}
    explained = re.findall(r'^\| `((?:AwsSolutions|HIPAA\.Security|NIST\.800\.53\.R5|PCI\.DSS\.321)-[^`]+)` \|', (root / 'docs/security.md').read_text(), re.MULTILINE)
    assert sorted(explained) == sorted(found)


def agnostic(finding):
    for region in REGIONS: finding = finding.replace(f':{region}:', ':<AWS::Region>:')
    return finding.replace(ENVIRONMENTS['account'], '<AWS::AccountId>')


def test_cdk_nag_takes_the_acknowledgements(synthesize, tmp_path):
    assert synthesize('test/valid/apps/acknowledged.ts').returncode == 0
    assert json.loads((tmp_path / 'nag.json').read_text()) == []


def test_cdk_nag_sees(root):
    """The packs were asked: the AWS managed policies of the guide are findings of the first."""
    findings = json.loads((root / 'cdk.out/valid/us-east-1/node-role/nag.json').read_text())
    assert [finding['id'] for finding in findings if finding['constructPath'] == 'NodeRoles/NodeRole/Default/Resource'] == [
        f'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/{name}]'
        for name in ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryReadOnly', 'AmazonEKS_CNI_Policy']
    ]


def test_cdk_nag_sees_inline_policies(synthesize, tmp_path):
    """The other packs find nothing in the library's roles; the policy that a grant of the CDK makes is inline, which they find."""
    assert synthesize('test/valid/apps/inline-policy.ts').returncode == 0
    findings = {finding['id'] for finding in json.loads((tmp_path / 'nag.json').read_text())}
    assert {'HIPAA.Security-IAMNoInlinePolicy', 'NIST.800.53.R5-IAMNoInlinePolicy', 'PCI.DSS.321-IAMNoInlinePolicy'} <= findings

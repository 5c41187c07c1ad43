"""Writes docs/permissions.md from what the tests found."""
from test.permissions import calls, choices, software

GROUPS = [
    ('What lets nodes start: `workerNodePolicy`', choices.WORKER_CHOICES, calls.NODE_CALLS, software.NODE_SOFTWARE),
    ('What lets nodes pull images: `containerRegistryPolicy`', choices.REGISTRY_CHOICES, calls.REGISTRY_CALLS, software.REGISTRY_SOFTWARE),
    ('What the VPC CNI plugin may do: `vpcCni`', choices.VPC_CNI_CHOICES, calls.VPC_CNI_CALLS, software.VPC_CNI_SOFTWARE),
    ('Sessions on nodes: `ssmSessionPermissions`', choices.OTHER_CHOICES, calls.SSM_CALLS, []),
    ('Other kinds of nodes', choices.OTHER_KINDS, [*calls.NODE_CALLS[:4], *calls.REGISTRY_CALLS, *calls.SSM_CALLS, *calls.HYBRID_CALLS[1:]], software.OTHER_KINDS_SOFTWARE),
]

HEAD = """# What each choice permits

Written by `npm run test:permissions -- --update` from the roles that the test deploys on an emulated AWS; the test fails where this page and the roles differ.
Expectations come from AWS's documents, with their sources, in `test/permissions`. The columns are numbered; each number is a role that has that one choice.

- **✓**: the role's policies permit the call. **·**: they do not.
- Every call is evaluated against the policies that IAM has for the role, with the ARN that it acts on. Those of EC2, ECR, IAM, S3 and Systems Manager that the emulator
  answers are also made, with the credentials of the role.
- Not covered: permissions boundaries, service control policies, policies of the resource called, VPC endpoints.
"""

TRUST = """IAM's answer to these is not emulated: what is deployed is compared with them statement by statement. In the regions of China, `ec2.amazonaws.com.cn` stands beside
`ec2.amazonaws.com`."""

OPERATORS = {'StringEquals': 'is', 'ArnEquals': 'matches'}

NEVER = """## What no choice permits

Every role above is denied these:

"""


def group_of(member):
    return next(members for _, members, _, listed in GROUPS if member in listed)


def render(results):
    never = [f'- {title_of(call)}' for call in calls.NEVER if not any(call.name in allowed for allowed in results.values())]
    return '\n'.join([HEAD, *(section(group, results) for group in GROUPS), trusts(), NEVER + '\n'.join(never), ''])


def section(group, results):
    title, members, called, works = group
    numbers = [str(number) for number in range(1, len(members) + 1)]
    columns = [f'{number}. `{choice.code}`: {choice.reason}' for number, choice in zip(numbers, members)]
    works_with = [[member.name, *(mark(set(member.needs) <= results[choice.role]) for choice in members)] for member in works]
    permits = [[title_of(call), call.caller, *(mark(call.name in results[choice.role]) for choice in members)] for call in called]
    tables = [table(['works with', *numbers], works_with)] if works else []
    return '\n\n'.join([f'## {title}', '\n'.join(columns), *tables, table(['call', 'made by', *numbers], permits)]) + '\n'


def trusts():
    rows = []
    for choice in choices.CHOICES:
        for statement in choice.trust:
            principal = ', '.join(name for names in statement['Principal'].values() for name in names)
            conditions = [f'`{key}` {OPERATORS[operator]} `{values[0]}`' for operator, keys in statement.get('Condition', {}).items() for key, values in keys.items()]
            row = [f'`{principal}`', ', '.join(f'`{action}`' for action in statement['Action']), '<br>'.join(conditions)]
            rows += [] if row in rows else [row]
    return '\n\n'.join(['## Who may assume the roles', TRUST, table(['principal', 'action', 'if'], rows)]) + '\n'


def title_of(call):
    return f'`{call.action}` {call.on}'.strip()


def table(head, rows):
    return '\n'.join(f'| {" | ".join(cells)} |' for cells in [head, ['---'] * len(head), *rows])


def mark(yes):
    return '✓' if yes else '·'

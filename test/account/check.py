"""The command line against an emulated account: what it says of roles that the guide's steps make, and of planted faults."""
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import boto3

REGION = "us-east-1"
AWS = "arn:aws:iam::aws:policy/"
NAME = "AmazonEKSNodeRole"


def document(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(actions, resource="*"):
    return {"Effect": "Allow", "Action": actions, "Resource": resource}


def trust(service):
    return document({"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"})


# As in the guide.
IPV6 = document(
    allow(["ec2:AssignIpv6Addresses", "ec2:DescribeInstances", "ec2:DescribeTags", "ec2:DescribeNetworkInterfaces", "ec2:DescribeInstanceTypes"]),
    allow(["ec2:CreateTags"], ["arn:aws:ec2:*:*:network-interface/*"]),
)
TODAYS_IPV6 = document(*IPV6["Statement"], allow(["ec2:DescribeSubnets", "ec2:DescribeSecurityGroups"]))
CNI_TRUST = document({
    "Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::123456789012:oidc-provider/issuer"}, "Action": "sts:AssumeRoleWithWebIdentity",
    "Condition": {"StringEquals": {"issuer:sub": "system:serviceaccount:kube-system:aws-node"}},
})


class Account:
    """An emulated account, and the command line in it."""

    def __init__(self, endpoint):
        self.endpoint = endpoint
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": "/nonexistent", "AWS_EC2_METADATA_DISABLED": "true", "NODE_NO_WARNINGS": "1",
            "AWS_ENDPOINT_URL": endpoint, "AWS_REGION": REGION, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        }
        options = {"endpoint_url": endpoint, "region_name": REGION, "aws_access_key_id": "test", "aws_secret_access_key": "test"}
        self.iam = boto3.client("iam", **options)
        self.eks = boto3.client("eks", **options)

    def post(self, path, data=b""):
        request = urllib.request.Request(f"{self.endpoint}/moto-api/{path}", data, {"Content-Type": "text/plain"})
        urllib.request.urlopen(request).close()

    def reset(self):
        self.post("reset")

    def check(self, *arguments, **environment):
        command = ["node", "lib/cli/main.js", "check", *arguments]
        variables = {name: value for name, value in {**self.environment, **environment}.items() if value is not None}
        result = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=120)
        assert "    at " not in result.stderr, result.stderr
        return result

    def rules(self, *arguments, **environment):
        """The exit code, and by role what is not ok, nor hidden."""
        result = self.check("--json", *arguments, **environment)
        assert result.returncode in (0, 1), result.stderr
        roles = json.loads(result.stdout)["roles"]
        return result.returncode, {
            role["name"]: [f"{rule['status']} {rule['id']}" for rule in role["rules"] if rule["status"] in ("error", "warning")] for role in roles
        }

    # The guide's steps.
    def create_role(self, name=NAME, document=trust("ec2.amazonaws.com"), path="/", policies=("AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryReadOnly")):
        role = self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(document), Path=path)["Role"]
        for policy in policies:
            self.iam.attach_role_policy(RoleName=name, PolicyArn=AWS + policy)
        return role["Arn"]

    def attach_own(self, name, policy_name, document):
        arn = self.iam.create_policy(PolicyName=policy_name, PolicyDocument=json.dumps(document))["Policy"]["Arn"]
        self.iam.attach_role_policy(RoleName=name, PolicyArn=arn)

    def create_cni_role(self):
        return self.create_role("AmazonEKSVPCCNIRole", CNI_TRUST, policies=["AmazonEKS_CNI_Policy"])

    def create_cluster(self, role_arn=None, **options):
        role_arn = role_arn or self.create_role("cluster", trust("eks.amazonaws.com"), policies=["AmazonEKSClusterPolicy"])
        self.eks.create_cluster(name="my-cluster", roleArn=role_arn, resourcesVpcConfig={"subnetIds": ["subnet-1"]}, **options)

    def create_nodegroup(self, role_arn, name="nodes", **options):
        self.eks.create_nodegroup(clusterName="my-cluster", nodegroupName=name, nodeRole=role_arn, subnets=["subnet-1"], **options)


def guide_for_ipv4(account):
    account.create_role()
    account.iam.attach_role_policy(RoleName=NAME, PolicyArn=AWS + "AmazonEKS_CNI_Policy")
    assert account.rules(NAME) == (0, {NAME: ["warning NodeRoleVpcCniOnNode"]})
    printed = account.check()
    assert printed.returncode == 0 and "  ok           NodeRoleTrust\n" in printed.stdout and "1 role checked: 0 error" in printed.stdout, printed.stdout
    assert printed.stderr == "", printed.stderr


def guide_with_a_role_of_the_plugin(account):
    account.create_role()
    account.create_cni_role()
    assert account.rules(NAME) == (0, {NAME: []})


def guide_for_ipv6(account):
    account.create_role()
    account.attach_own(NAME, "AmazonEKS_CNI_IPv6_Policy", IPV6)
    assert account.rules(NAME) == (1, {NAME: ["warning NodeRoleVpcCniOnNode", "error CniIpv6PolicyStale"]})


def todays_ipv6_policy(account):
    account.create_role()
    account.attach_own(NAME, "AmazonEKS_CNI_IPv6_Policy", TODAYS_IPV6)
    assert account.rules(NAME) == (0, {NAME: ["warning NodeRoleVpcCniOnNode"]})


def planted_faults(account):
    account.create_cni_role()
    faults = {
        "NodeRoleTrust": lambda: account.create_role(document=trust("eks.amazonaws.com")),
        "NodeRoleWorkerPermissions": lambda: account.create_role(policies=["AmazonEC2ContainerRegistryPullOnly", "CloudWatchAgentServerPolicy"]),
        "NodeRoleRegistryPermissions": lambda: account.create_role(policies=["AmazonEKSWorkerNodePolicy"]),
        "NodeRoleOverPrivileged": lambda: account.create_role(policies=["AdministratorAccess"]),
    }
    for rule, plant in faults.items():
        plant()
        assert account.rules(NAME) == (1, {NAME: [f"error {rule}"]}), rule
        for policy in account.iam.list_attached_role_policies(RoleName=NAME)["AttachedPolicies"]:
            account.iam.detach_role_policy(RoleName=NAME, PolicyArn=policy["PolicyArn"])
        account.iam.delete_role(RoleName=NAME)
    account.create_role()
    account.iam.put_role_policy(RoleName=NAME, PolicyName="wide", PolicyDocument=json.dumps(document(allow("*"))))
    assert account.rules(NAME) == (1, {NAME: ["error NodeRoleOverPrivileged"]})
    account.iam.put_role_policy(RoleName=NAME, PolicyName="wide", PolicyDocument=json.dumps(document({**allow(["ecr:*"]), "Effect": "Deny"})))
    assert account.rules(NAME) == (1, {NAME: ["error NodeRoleRegistryPermissions"]})
    account.iam.delete_role_policy(RoleName=NAME, PolicyName="wide")
    for number in range(9):
        account.attach_own(NAME, f"policy-{number}", document(allow(["s3:GetObject"])))
    assert account.rules(NAME) == (0, {NAME: ["warning NodeRoleQuota"]})


def no_permissions_for_the_plugin(account):
    account.create_role()
    assert account.rules(NAME) == (0, {NAME: ["warning NodeRoleVpcCniPermissions"]})


def clusters(account):
    account.create_cni_role()
    arn = account.create_role(path="/eks/")
    account.create_cluster()
    account.create_nodegroup(arn, amiType="AL2023_x86_64_STANDARD")
    account.create_nodegroup(arn, "windows", amiType="WINDOWS_CORE_2022_x86_64")
    account.eks.create_fargate_profile(clusterName="my-cluster", fargateProfileName="profile", podExecutionRoleArn=arn, selectors=[{"namespace": "x"}])
    code, found = account.rules("--all")
    assert code == 1 and found["AmazonEKSVPCCNIRole"] == [], found
    assert found[NAME] == ["error NodeRoleIsFargateRole", "error NodeRoleOperatingSystems"], found


def cluster_role(account):
    account.create_cni_role()
    arn = account.create_role()
    account.create_cluster(arn)
    account.create_nodegroup(arn)
    assert account.rules("--all")[1][NAME] == ["error NodeRoleIsClusterRole"]


def two_hundred_roles(account):
    for number in range(200):
        account.create_role(f"{NAME}-{number:03}")
        account.iam.attach_role_policy(RoleName=f"{NAME}-{number:03}", PolicyArn=AWS + "AmazonEKS_CNI_Policy")
    code, found = account.rules()
    assert code == 0 and len(found) == 200, len(found)
    assert all(rules == ["warning NodeRoleVpcCniOnNode"] for rules in found.values())


def could_not_check(account):
    def fails(words, *arguments, **environment):
        result = account.check(*arguments, **environment)
        assert result.returncode == 2 and words in result.stderr and result.stdout == "", (result.returncode, result.stderr)

    fails("no role whose name contains eksNodeRole")
    fails("the account has no role nobody", "nobody")
    fails("can not be reached", NAME, AWS_ENDPOINT_URL="http://127.0.0.1:9", AWS_MAX_ATTEMPTS="1")
    fails("no region", NAME, AWS_REGION=None)
    fails("no valid credentials", "--profile", "nobody")
    fails("no valid credentials", NAME, AWS_ACCESS_KEY_ID=None)


def permissions(account):
    """The permissions that --help prints suffice; without one of them the command says so."""
    help_text = subprocess.run(["node", "lib/cli/main.js", "--help"], capture_output=True, text=True, check=True).stdout
    printed = [line.split()[0] for line in help_text.splitlines() if line.startswith(("  iam:", "  eks:"))]
    account.create_role()
    account.iam.attach_role_policy(RoleName=NAME, PolicyArn=AWS + "AmazonEKS_CNI_Policy")
    account.attach_own(NAME, "own", document(allow(["s3:GetObject"])))
    account.iam.put_role_policy(RoleName=NAME, PolicyName="inline", PolicyDocument=json.dumps(document(allow(["s3:GetObject"]))))

    def user_with(name, *statements):
        account.iam.create_user(UserName=name)
        account.iam.put_user_policy(UserName=name, PolicyName="policy", PolicyDocument=json.dumps(document(*statements)))
        key = account.iam.create_access_key(UserName=name)["AccessKey"]
        return {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}

    reader = user_with("reader", allow(printed))
    denied = user_with("denied", allow(printed), {**allow(["iam:ListAttachedRolePolicies"]), "Effect": "Deny"})
    # moto enforces what identity policies say of IAM; calls to EKS fail there on the signature.
    account.post("reset-auth", b"0")
    try:
        result = account.check(NAME, **reader)
        assert result.returncode == 0 and "permitted" not in result.stdout + result.stderr, (result.returncode, result.stdout, result.stderr)
        result = account.check(NAME, **denied)
        assert result.returncode == 2 and "not permitted to call iam:ListAttachedRolePolicies" in result.stderr, (result.returncode, result.stderr)
    finally:
        account.post("reset-auth", b"inf")


@contextmanager
def moto():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = os.path.join(os.path.dirname(sys.executable), "moto_server")
    environment = {**os.environ, "MOTO_IAM_LOAD_MANAGED_POLICIES": "true"}
    process = subprocess.Popen([server, "-H", "127.0.0.1", "-p", str(port)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


SCENARIOS = [
    guide_for_ipv4, guide_with_a_role_of_the_plugin, guide_for_ipv6, todays_ipv6_policy, planted_faults, no_permissions_for_the_plugin,
    clusters, cluster_role, two_hundred_roles, could_not_check, permissions,
]

with moto() as url:
    account = Account(url)
    for scenario in SCENARIOS:
        account.reset()
        start = time.time()
        scenario(account)
        print(f"{scenario.__name__.replace('_', ' ')}: {time.time() - start:.1f} s")
print(f"{len(SCENARIOS)} scenarios passed")

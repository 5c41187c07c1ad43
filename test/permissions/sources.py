"""Where the facts of this folder were read; each on 2026-11-23."""

GUIDE = 'https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html'
AGENT = 'https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html'
NODEADM = 'https://github.com/awslabs/amazon-eks-ami/tree/81fec2e8/nodeadm'
BOTTLEROCKET = 'https://github.com/bottlerocket-os/bottlerocket-core-kit/blob/2033f690/sources/api/pluto/src/main.rs'
PULL_ONLY = 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEC2ContainerRegistryPullOnly.html'
PULL_THROUGH = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html'
CNI = 'https://github.com/aws/amazon-vpc-cni-k8s/tree/b5218838'
CNI_POLICY = 'https://github.com/aws/amazon-vpc-cni-k8s/blob/b5218838/docs/iam-policy.md'
CNI_ISSUE = 'https://github.com/aws/amazon-vpc-cni-k8s/issues/3704'
SSM = 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSSMManagedInstanceCore.html'
MANAGED_POLICIES = 'test/fixtures/managed-policies'  # AWS's documents, with source and date
AUTO_MODE = 'https://docs.aws.amazon.com/eks/latest/userguide/auto-create-node-role.html'
HYBRID = 'https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-creds.html'
IRSA = 'https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html'
POD_IDENTITY = 'https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html'

import { Annotations, Lazy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { awsManagedPolicyName, CNI_POLICY } from './permissions';

/** The ARNs of managed policies as they stand in a template. */
export type ManagedPolicyArns = unknown[];

/** Rewrites the managed policies of a role when its template is written, whoever attached them and whenever. */
export function rewriteManagedPolicies(cfnRole: iam.CfnRole, rewrite: (arns: ManagedPolicyArns) => ManagedPolicyArns): void {
  const given = cfnRole.managedPolicyArns;
  cfnRole.managedPolicyArns = Lazy.uncachedList(
    // The context, so that references to other stacks are seen.
    { produce: context => rewrite(context.resolve(given) ?? []) as string[] },
    { omitEmpty: true },
  );
}

/** Whether a managed policy is the one that AWS has for the VPC CNI plugin. */
export function isCniPolicy(arn: unknown): boolean {
  return awsManagedPolicyName(arn) === CNI_POLICY;
}

/** Leaves the policy of the VPC CNI plugin out, and warns if it was attached: the CDK does so where it connects an auto scaling group. */
export function keepCniPolicyOff(scope: Construct, cfnRole: iam.CfnRole): void {
  let leftOut = false;
  rewriteManagedPolicies(cfnRole, arns => {
    const kept = arns.filter(arn => !isCniPolicy(arn));
    leftOut = kept.length < arns.length;
    return kept;
  });
  scope.node.addValidation({
    // The CDK resolves all resources for the references between them before it validates.
    validate: () => {
      if (leftOut) {
        Annotations.of(scope).addWarningV2('cdk-eks-node-role:cniPolicyKeptOff',
          `${CNI_POLICY} was attached to the role and is left out, since vpcCni says that the plugin gets its permissions elsewhere. ` +
          'Set vpcCni to VpcCniPermissions.onNodeRole() to have it on this role');
      }
      return [];
    },
  });
}

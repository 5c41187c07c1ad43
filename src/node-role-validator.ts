import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { EksNodeRole } from './eks-node-role';
import { Acknowledgements } from './private/acknowledgements';
import { AppTemplates } from './private/app-templates';
import { isCniGrantedElsewhere } from './private/declarations';
import { applyRules, Result, RULES } from './private/node-role-rules';
import { Declarations, inventoryOf } from './private/template-inventory';
import { TemplateResources } from './private/template-resources';

/**
 * Checks every node role of an app at synthesis, whoever made it: roles of managed node groups, of self-managed nodes, of EKS Auto
 * Mode, of access entries, and every `EksNodeRole`. What only the deployment knows is not guessed.
 *
 * Findings of severity `error` fail synthesis, warnings are printed. `Validations.of(scope).acknowledge(…)` silences one on a role
 * or on all roles below a scope, by the id `cdk-eks-node-role::` and the name of the rule; without a reason it does not count. Where
 * an id is acknowledged for other scopes only, a finding is reported as `NodeRoleTrust[Stack/NodeRole]`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html#check-worker-node-role
 */
export class NodeRoleValidator implements IPolicyValidationPlugin {
  /**
   * The name of the plugin in reports and in the ids of acknowledgements.
   */
  public readonly name: string = 'cdk-eks-node-role';

  /**
   * The rules.
   */
  public readonly ruleIds?: string[] = RULES.map(rule => rule.id);

  /**
   * Called by the CDK at synthesis.
   *
   * @param context the templates and the constructs that they come from
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const acknowledgements = new Acknowledgements(this.name);
    const stacks: Stack[] = [];
    const nodeRoles: EksNodeRole[] = [];
    visit(context.appConstruct, construct => {
      acknowledgements.read(construct);
      if (Stack.isStack(construct)) { stacks.push(construct); }
      if (EksNodeRole.isEksNodeRole(construct)) { nodeRoles.push(construct); }
    });

    const templates = new AppTemplates(stacks, context.templatePaths);
    const resources = new TemplateResources(templates.sources, (from, to) => templates.dependsOn(from, to));
    const results = applyRules(inventoryOf(resources, declarationsOf(nodeRoles, templates)));
    const violations = results.flatMap(result => violationsOf(result, templates, acknowledgements));
    return { success: violations.every(violation => violation.severity !== 'error'), violations };
  }
}

function visit(construct: IConstruct, visitor: (construct: IConstruct) => void): void {
  visitor(construct);
  construct.node.children.forEach(child => visit(child, visitor));
}

function declarationsOf(nodeRoles: EksNodeRole[], templates: AppTemplates): Declarations {
  return new Map(nodeRoles.flatMap(nodeRole => {
    // Not there where Role.customizeRoles keeps the role out of the template.
    const cfnRole = nodeRole.role.node.defaultChild as iam.CfnRole | undefined;
    const ref = cfnRole && templates.referenceTo(cfnRole);
    return ref === undefined ? [] : [[ref, { cniGrantedElsewhere: isCniGrantedElsewhere(nodeRole) }]];
  }));
}

function violationsOf({ rule, role, findings }: Result, templates: AppTemplates, acknowledgements: Acknowledgements): PolicyViolation[] {
  if (findings.length === 0) { return []; }
  const place = templates.placeOf(role.place)!;
  if (acknowledgements.cover(rule.id, place.construct)) { return []; }
  const refused = acknowledgements.withoutReason(rule.id, place.construct);
  return findings.map(({ says, severity }) => ({
    ruleName: acknowledgements.reportedName(rule.id, place.construct),
    description: `${rule.title}. ${templates.readable(`${role.name}: ${says}`)}. ${rule.why}` +
      (refused ? ` The acknowledgement at ${refused.node.path} gives no reason and does not count.` : ''),
    fix: rule.fix,
    severity,
    ruleMetadata: { see: rule.see },
    violatingResources: [{ resourceLogicalId: place.logicalId, templatePath: place.templatePath, locations: [] }],
  }));
}

import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { CfnElement, Stack } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { Deployment } from './deployment';
import { PARTITIONS, stackIn } from './environments';
import { schemaProblems } from './schemas';
import { before } from '../resource-graph';

/** How every error of the library reads; at construction the path of the construct follows. */
const ERROR = /^[^\n]+?( is .*)?, but [^\n]+\. [^\n]+$/s;
const AT_CONSTRUCTION = / \[at [^\]\n]+\]$/;

const outdir = mkdtempSync(join(tmpdir(), 'any-input-'));
afterAll(() => rmSync(outdir, { recursive: true }));

const elementsOf = (stack: Stack) => stack.node.root.node.findAll().filter(CfnElement.isCfnElement).map(({ node }) => node.path);

/** Deploys a stack, or undefined where synthesis fails with errors that read as all of the library. */
function deploy(stack: Stack): Deployment | undefined {
  try {
    return new Deployment(stack);
  } catch (error) {
    const [head, ...problems] = (error as Error).message.split('\n');
    if (head !== 'Validation failed with the following errors:') { throw error; }
    problems.forEach(problem => expect(problem.replace(/^ {2}\[[^\]]+\] /, '')).toMatch(ERROR));
    return undefined;
  }
}

/** What holds for every template with constructs of the library. */
function expectSound(deployment: Deployment) {
  const { resources, template, partition } = deployment;
  expect(Object.values(resources).flatMap(schemaProblems)).toEqual([]);

  expect(deployment.ofType('AWS::IAM::Policy')).toEqual([]);
  expect(deployment.ofType('AWS::IAM::ManagedPolicy').flatMap(({ Roles, Users, Groups }) => [Roles, Users, Groups]).filter(Boolean)).toEqual([]);
  for (const { Policies, ManagedPolicyArns = [] } of deployment.ofType('AWS::IAM::Role')) {
    expect(Policies).toBeUndefined();
    expect(ManagedPolicyArns).toEqual([...new Set(ManagedPolicyArns)]);
    expect(ManagedPolicyArns.length).toBeLessThanOrEqual(25);
  }
  const partitions = [...JSON.stringify(resources).matchAll(/arn:([^:]*):/g)].map(match => match[1]);
  expect(new Set([...partitions, partition])).toEqual(new Set([partition]));

  expect(Object.keys(template).filter(id => before(template, id).has(id))).toEqual([]);
}

/** What a user does in a stack, calls of the library by way of `attempt`; gives back what has to hold of the deployment, if there is something to deploy. */
export type Use = (stack: Stack, attempt: Attempt) => ((deployment: Deployment) => void) | undefined;

/** Calls the library. An error reads as all errors of the library, and leaves the template as it was; the result is undefined then. */
export type Attempt = <T>(action: () => T) => T | undefined;

/**
 * Any input gives a sound template or an error; enough give either, else one of the two would not be tried.
 *
 * The inputs are the same every time; `SEED=2 npm run test:properties` tries others.
 */
export function expectAnyInput(name: string, runs: number, use: fc.Arbitrary<Use>): void {
  const seen = { templates: 0, errors: 0 };
  const region = fc.constantFrom(undefined, ...PARTITIONS.map(([first]) => first));
  fc.assert(fc.property(region, use, (inRegion, act) => {
    const stack = stackIn(inRegion, outdir);
    const expectMore = act(stack, action => {
      const untouched = elementsOf(stack);
      try {
        return action();
      } catch (error) {
        const { message } = error as Error;
        expect(message).toMatch(AT_CONSTRUCTION);
        expect(message.replace(AT_CONSTRUCTION, '')).toMatch(ERROR);
        expect(elementsOf(stack)).toEqual(untouched);
        seen.errors++;
        return undefined;
      }
    });
    if (!expectMore) { return; }
    const deployment = deploy(stack);
    if (deployment) {
      expectSound(deployment);
      expectMore(deployment);
    }
    seen[deployment ? 'templates' : 'errors']++;
  }), { numRuns: runs, seed: Number(process.env.SEED ?? 1) });
  console.info(`${name}: ${seen.templates} templates, ${seen.errors} errors`);
  expect(seen.templates).toBeGreaterThan(runs / 3);
  expect(seen.errors).toBeGreaterThan(runs / 10);
}

import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Makes constructs, in the given one and directly in its stack. If that fails, those that were made are taken away: an error leaves nothing in the template. */
export function allOrNothing<T>(scope: Construct, make: () => T): T {
  const places = [scope, Stack.of(scope)].map(({ node }) => ({ node, before: new Set(node.children) }));
  try {
    return make();
  } catch (error) {
    for (const { node, before } of places) {
      node.children.filter(child => !before.has(child)).forEach(child => node.tryRemoveChild(child.node.id));
    }
    throw error;
  }
}

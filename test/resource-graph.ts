export interface Resource {
  readonly Type: string;
  readonly Properties: any;
  readonly DependsOn?: string[];
}

/** The resources of a template, by logical id. */
export type Resources = Record<string, Resource>;

/** The logical ids that a resource refers to or depends on. */
function neighboursOf(value: any): string[] {
  if (Array.isArray(value)) { return value.flatMap(neighboursOf); }
  if (value === null || typeof value !== 'object') { return []; }
  return Object.entries<any>(value).flatMap(([key, inner]) => {
    switch (key) {
      case 'Ref': return [inner];
      case 'DependsOn': return [inner].flat();
      case 'Fn::GetAtt': return [typeof inner === 'string' ? inner.split('.')[0] : inner[0]];
      case 'Fn::Sub': return [...[inner].flat()[0].matchAll(/\$\{([\w]+)/g)].map(match => match[1]).concat(neighboursOf([inner].flat()[1]));
      default: return neighboursOf(inner);
    }
  });
}

/** All that has to exist before a resource. */
export function before(resources: Resources, id: string): Set<string> {
  const found = new Set<string>();
  const visit = (current: string) => neighboursOf(resources[current]).filter(next => next in resources && !found.has(next)).forEach(next => {
    found.add(next);
    visit(next);
  });
  visit(id);
  return found;
}

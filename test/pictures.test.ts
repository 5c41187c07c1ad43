import { readFileSync } from 'fs';
import { join } from 'path';
import * as permissions from '../src/private/permissions';
import * as library from 'cdk-eks-node-role';

const KNOWN = [
  ...Object.keys(library),
  ...Object.getOwnPropertyNames(library.VpcCniPermissions),
  ...Object.getOwnPropertyNames(library.VpcCniIdentity),
  ...Object.values(permissions).filter(value => typeof value === 'string'),
  'NodePolicy', // construct id
];

describe.each(['vpc-cni-permissions.svg', 'roles.svg'])('%s', file => {
  const svg = readFileSync(join(__dirname, '..', 'docs', file), 'utf8');

  test('names what exists', () => {
    const code = [...svg.matchAll(/<text class="code"[^>]*>([^<]*)</g)].map(match => match[1]);
    const names = code.flatMap(text => text.match(/\b[A-Z]\w+|\b[a-z]\w+(?=\()/g) ?? []);
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter(name => !KNOWN.includes(name))).toEqual([]);
  });

  test('reads on light and dark pages and needs nothing from elsewhere', () => {
    const [light, dark] = svg.split('@media (prefers-color-scheme: dark)').map(part => new Set(part.match(/(?<=^\s*)\.\w+(?= \{[^}]*(fill|stroke): #)/gm)));
    expect([...light].filter(style => !dark.has(style) && !['.code'].includes(style))).toEqual([]);
    expect(svg).toMatch(/<rect class="page" x="0.5" y="0.5"/); // a background of its own
    expect(svg).toMatch(/<title id="title">.+<\/title>\n {2}<desc id="desc">.+<\/desc>/);
    expect(svg.match(/https?:\/\/(?!www\.w3\.org\/2000\/svg)|@import|<script|<image|href/g)).toBeNull();
  });
});

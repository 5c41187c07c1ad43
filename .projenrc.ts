import { awscdk, javascript, typescript } from 'projen';

/** Everything that depends on who owns the project. */
const owner = {
  author: 'cdk-eks-node-role contributors',
  authorAddress: 'https://github.com/cdk-eks-node-role',
  repository: 'github.com/cdk-eks-node-role/cdk-eks-node-role',
  goModule: 'github.com/cdk-eks-node-role/cdk-eks-node-role-go',
  mavenGroupId: 'io.github.cdk-eks-node-role',
  javaPackage: 'io.github.cdkeksnoderole',
};

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-eks-node-role',
  description: 'AWS CDK constructs for the Amazon EKS node IAM role: right trust, right policies, in every partition, checked at synthesis.',
  keywords: ['eks', 'iam', 'node-role', 'vpc-cni', 'kubernetes'],
  author: owner.author,
  authorAddress: owner.authorAddress,
  authorOrganization: true,
  repositoryUrl: `https://${owner.repository}.git`,
  license: 'Apache-2.0',
  copyrightOwner: owner.author,
  copyrightPeriod: '2026',
  stability: 'stable',
  defaultReleaseBranch: 'main',

  // The oldest releases that have what the library uses; development is against exactly these.
  cdkVersion: '2.258.0',
  constructsVersion: '10.5.0',
  minNodeVersion: '20.0.0',
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.0', // the compiler that jsii 6.0 brings
  projenVersion: '^0.103.25',
  packageManager: javascript.NodePackageManager.NPM,

  publishToPypi: { distName: 'cdk-eks-node-role', module: 'cdk_eks_node_role' },
  publishToMaven: { javaPackage: owner.javaPackage, mavenGroupId: owner.mavenGroupId, mavenArtifactId: 'cdk-eks-node-role' },
  publishToNuget: { dotNetNamespace: 'CdkEksNodeRole', packageId: 'CdkEksNodeRole' },
  publishToGo: { moduleName: owner.goModule, packageName: 'cdkeksnoderole' },

  projenrcTs: true,
  runner: typescript.TypeScriptRunner.tsx(), // resolves the path below, starts in a fraction of ts-node's time
  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false } }, // they would be two thirds of the code to load
  tsconfigDevFile: 'tsconfig.dev.json',
  tsconfigDev: {
    include: ['.projenrc.ts'],
    exclude: ['lib', 'dist', 'cdk.out'],
    compilerOptions: {
      paths: { 'cdk-eks-node-role': ['./src/index.ts'] }, // examples and tests import the package as a user does
    },
  },

  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'examples', 'facts'],
    tsconfigPath: './tsconfig.dev.json',
    projectService: false,
    commandOptions: { fix: false, extraArgs: ['--max-warnings', '0'] },
  },
  jestOptions: {
    jestVersion: '^30',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    passWithNoTests: false,
    junitReporting: false,
    jestConfig: {
      moduleNameMapper: { '^cdk-eks-node-role$': '<rootDir>/src' },
      collectCoverageFrom: ['src/**/*.ts'],
      coverageReporters: ['lcov'],
      coverageThreshold: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },

  // Releases: a commit on main that the changelog tells of becomes a version, published from the environment "release".
  releaseToNpm: true,
  npmTrustedPublishing: true,
  releaseEnvironment: 'release',
  releaseFailureIssue: true,
  lambdaAutoDiscover: false,
  edgeLambdaAutoDiscover: false,
  singletonLambdaAutoDiscover: false,
  lambdaExtensionAutoDiscover: false,
  integrationTestAutoDiscover: false,
  sampleCode: false,
});

// Of unrs-resolver 1.13.0 not every platform's binding is published, which `npm ci` refuses.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

project.eslint?.addRules({
  'import/no-cycle': 'error',
});
project.eslint?.addOverride({
  files: ['src/**/*.ts'],
  rules: {
    'no-restricted-syntax': ['error', ...['Literal[value=/arn:aws:/]', 'TemplateElement[value.raw=/arn:aws:/]'].map(selector => ({
      selector,
      message: 'An ARN has the partition of its stack: use Stack.formatArn.',
    }))],
  },
});
// The tests alone, so that they answer fast; `npm run lint` checks style and types.
project.testTask.reset('jest --ci', { receiveArgs: true });
const lint = project.addTask('lint', { description: 'Check style and types of everything, changing nothing' });
if (project.eslint) { lint.spawn(project.eslint.eslintTask); }
lint.exec('tsc --project tsconfig.dev.json');

project.addTask('example', {
  description: 'Synthesize an example, by its name, and show its roles',
  exec: 'tsx --tsconfig tsconfig.dev.json examples/show-roles.ts',
  receiveArgs: true,
});
project.addTask('test:docs', {
  description: 'Compile every example of README and API documentation (after compile)',
  exec: 'jsii-rosetta extract --strict',
});
project.addTask('test:python', {
  description: 'Build the Python wheel and compare what it synthesizes with TypeScript',
  exec: 'bash test/python/compare.sh',
});
project.addTask('bench', {
  description: 'Compare synthesis and load time of the compiled package with plain roles, in ratios',
  exec: 'node --expose-gc test/bench/bench.js',
});

project.gitignore.exclude('/cdk.out/', '/.jsii.tabl.json');
project.npmignore?.exclude('/.ci/', '/examples/', '/rosetta/', '/cdk.out/', '.jsii.tabl.json');

project.synth();

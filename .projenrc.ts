import { awscdk, javascript, release, typescript } from 'projen';
import { addFactsWorkflow, addProofsWorkflow, narrowPermissions, pinActions } from './projenrc/workflows';

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
  keywords: ['awscdk', 'aws-cdk', 'aws', 'eks', 'iam', 'iam-role', 'node-role', 'kubernetes', 'vpc-cni', 'karpenter'],
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

  publishToPypi: { distName: 'cdk-eks-node-role', module: 'cdk_eks_node_role', trustedPublishing: true },
  publishToMaven: { javaPackage: owner.javaPackage, mavenGroupId: owner.mavenGroupId, mavenArtifactId: 'cdk-eks-node-role' },
  publishToNuget: { dotNetNamespace: 'CdkEksNodeRole', packageId: 'CdkEksNodeRole', trustedPublishing: true },
  publishToGo: { moduleName: owner.goModule, packageName: 'cdkeksnoderole', githubUseSsh: true },


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

  bin: { 'cdk-eks-node-role': 'lib/cli/main.js' },
  devDeps: [
    // The command line reads accounts with these. A release of the SDK of one's own will do, and whoever only synthesizes needs none.
    '@aws-sdk/client-eks', '@aws-sdk/client-iam',
    // Deploys an example in test:deploy; the tag "latest" reads newer assemblies only.
    'aws-cdk@2.1148.1',
    // Inputs of every kind, and the schemas of CloudFormation to hold what comes of them against.
    'ajv@^8', 'fast-check',
    // Integration tests, in the releases that go with the CDK above.
    '@aws-cdk/integ-runner@2.197.10', '@aws-cdk/integ-tests-alpha@2.245.0-alpha.0',
  ],

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

  // A release is started by hand and publishes from the environment "release"; titles of pull requests ("feat: …", "fix: …") make its version and changelog.
  releaseToNpm: true,
  npmTrustedPublishing: true,
  releaseTrigger: release.ReleaseTrigger.workflowDispatch(),
  releaseEnvironment: 'release',
  releaseFailureIssue: true,
  jsiiReleaseVersion: '0.2.1061',
  workflowNodeVersion: '24', // its npm can publish without a token
  buildWorkflowOptions: { mutableBuild: false },
  depsUpgradeOptions: { workflowOptions: { schedule: javascript.UpgradeDependenciesSchedule.WEEKLY } },
  pullRequestTemplateContents: [
    'What this changes for users, and why:',
    '',
    '- [ ] the title is a conventional commit (`feat: …`, `fix: …`, `docs: …`, `refactor: …`, `test: …`, `chore: …`)',
    '- [ ] a test was seen red before and is green now; snapshots changed only where this says so',
    '- [ ] facts of AWS stand in the facts file, with source and date',
    '- [ ] documentation says it, and `bash .ci/run` passes',
    '',
    'Fixes #',
  ],
  githubOptions: {
    mergify: false,
    pullRequestLintOptions: { semanticTitleOptions: { types: ['feat', 'fix', 'docs', 'refactor', 'test', 'chore'] } },
  },
  lambdaAutoDiscover: false,
  edgeLambdaAutoDiscover: false,
  singletonLambdaAutoDiscover: false,
  lambdaExtensionAutoDiscover: false,
  integrationTestAutoDiscover: false,
  sampleCode: false,
});

project.addDevDeps(
  '@aws-cdk/cloud-assembly-schema@54.1.0', // the release that aws-cdk-lib 2.258.0 for Go asks for: our Go module is to ask for no later one
  'pretty-format@^30', // in which jest writes snapshots
);

// Of unrs-resolver 1.13.0 not every platform's binding is published, which `npm ci` refuses.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

project.package.addField('peerDependenciesMeta', Object.fromEntries(['@aws-sdk/client-eks', '@aws-sdk/client-iam'].map(name => [name, { optional: true }])));

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
  description: 'Compile every example of README, API documentation and docs, in every language (after compile)',
  steps: [{ exec: 'jsii-rosetta extract --strict' }, { exec: 'tsx test/docs/translate.ts' }],
});
project.addTask('test:python', {
  description: 'Build the Python wheel and compare what it synthesizes with TypeScript',
  exec: 'bash test/python/compare.sh',
});
project.addTask('test:account', {
  description: 'Check the command line against an emulated account (after compile)',
  exec: 'bash test/account/check.sh',
});
project.addTask('docs:rules', {
  description: 'Write docs/rules.md: the rules of the validator, and what it reports of the apps that break them',
  exec: 'tsx --tsconfig tsconfig.dev.json test/rules/write-rules-doc.ts',
});
// ── proofs on an emulated AWS, see test/emulator/adapter.py ─────────────────────────────────────
project.addTask('test:deploy', {
  description: 'Deploy, update and delete every example on an emulated CloudFormation, and compare its roles with those of the guide',
  exec: 'bash test/deploy/run.sh',
});
project.addTask('test:permissions', {
  description: 'Make the calls of nodes with each choice\'s role; --update writes docs/permissions.md',
  exec: 'bash test/permissions/run.sh',
  receiveArgs: true,
});
project.addTask('test:valid', {
  description: 'Ask cfn-lint, the CDK\'s own validation, parliament and cdk-nag about every example',
  exec: 'bash test/valid/run.sh',
});
project.addTask('test:integ', {
  description: 'Compare the integration tests with their snapshots; with an account, --update-on-failed deploys what differs and makes its assertions',
  exec: 'integ-runner --language typescript --directory test/integ --parallel-regions us-east-1 --app "tsx --tsconfig tsconfig.dev.json test/integ/synth.ts {filePath}"',
  receiveArgs: true,
});

// ── proofs of the tests, see test/properties ──────────────────────────────────
project.addTask('docs:errors', {
  description: 'Write docs/errors.md: bad inputs and the whole messages of their errors',
  exec: 'tsx --tsconfig tsconfig.dev.json test/errors/write-errors-doc.ts',
});
project.addTask('test:properties', {
  description: 'Try 10,000 inputs, valid and not: each gives a sound template or an error that says what to write instead',
  exec: 'jest --ci --coverage=false --testMatch \'<rootDir>/test/properties/*.properties.ts\'',
});
project.addTask('test:compat', {
  description: 'Compare the API with that of the last release (after compile)',
  exec: 'bash test/compat/compare.sh',
});

// ── proofs of the packages, which test/packages/build.sh makes ───────────────────────────────────
project.addTask('test:matrix', {
  description: 'Compare the examples with the oldest and the newest CDK, on every Node.js, with the snapshots',
  exec: 'bash test/matrix/run.sh',
});
project.addTask('test:languages', {
  description: 'Compare what Java, Go and Python synthesize from the packages with TypeScript, and package for .NET',
  exec: 'bash test/languages/run.sh',
});
project.addTask('test:publish', {
  description: 'Check the packages, publish them to registries on this machine, and use them in empty projects',
  exec: 'bash test/publish/run.sh',
});

project.addTask('bench', {
  description: 'Compare the compiled package with plain constructs and service accounts of the CDK',
  exec: 'node --expose-gc test/bench/bench.js',
}).exec('node --expose-gc test/bench/validator.js');

// A script of its own, since a task of projen always fails with 1.
project.package.setScript('facts:check', 'tsx --tsconfig tsconfig.dev.json facts/main.ts');
project.addTask('facts:record', {
  description: 'Record what the sources of the facts say today',
  exec: 'tsx --tsconfig tsconfig.dev.json facts/main.ts record',
});

project.addTask('test:workflows', {
  description: 'Check the workflows with actionlint',
  exec: 'go run github.com/rhysd/actionlint/cmd/actionlint@v1.7.12 -shellcheck= -pyflakes=', // the same on machines with and without those
});
pinActions(project);
narrowPermissions(project);
addProofsWorkflow(project);
addFactsWorkflow(project);

project.gitignore.exclude('/cdk.out/', '/.jsii.tabl.json', 'test/integ/cdk-integ.out.*', 'test/integ/*.snapshot/asset.*', 'test/integ/*.snapshot/*.metadata.json');
project.npmignore?.exclude(
  '/.ci/', '/examples/', '/facts/', '/docs/', '/CONTRIBUTING.md', '/SECURITY.md', '/API.md', '/rosetta/', '/cdk.out/', '.jsii.tabl.json', '/lib/cli/*.d.ts', '/.venv/',
);
project.gitignore.exclude('/.venv/', '__pycache__/', '.pytest_cache/'); // of the proofs in Python

project.synth();

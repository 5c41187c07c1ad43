import { awscdk, github, JsonPatch } from 'projen';

type Project = awscdk.AwsCdkConstructLibrary;

/**
 * Actions that projen names by tag, by digest. Each digest was read on 2026-11-24 in public repositories' workflows next to the
 * version named here; projen itself has the digests of the others.
 */
const DIGESTS = {
  'actions/setup-node': '820762786026740c76f36085b0efc47a31fe5020', // v7.0.0: plengauer/Thoth#3770, oomkapwn/enquire-mcp#364
  'actions/setup-python': '5fda3b95a4ea91299a34e894583c3862153e4b97', // v7.0.0: luongnv89/context-stats#167
  'actions/setup-java': 'dd06d9cba3e5552c54d9f8ea23572deb30010f7c', // v6.0.0: ChrisCarini/jetbrains-auto-power-saver#831
  'actions/setup-dotnet': '26b0ec14cb23fa6904739307f278c14f94c95bf1', // v5.4.0: several, found by the digest
  'actions/setup-go': 'b7ad1dad31e06c5925ef5d2fc7ad053ef454303e', // v7.0.0: DataDog/terraform-provider-datadog#4033
  'peter-evans/create-pull-request': '5f6978faf089d4d20b00c7766989d076bb2fc7f1', // v8.1.1: cnkang/nginx-markdown-for-agents#60
};

function githubOf(project: Project): github.GitHub {
  if (!project.github) { throw new Error('the project has no workflows'); }
  return project.github;
}

export function pinActions(project: Project): void {
  for (const [action, digest] of Object.entries(DIGESTS)) { githubOf(project).actions.set(action, `${action}@${digest}`); }
}

/** Jobs that projen lets write although they only read: nothing is changed on main, the tag comes from the job that makes the GitHub release. */
export function narrowPermissions(project: Project): void {
  for (const workflow of ['build', 'release']) {
    githubOf(project).tryFindWorkflow(workflow)?.file?.patch(JsonPatch.replace(`/jobs/${workflow}/permissions/contents`, 'read'));
  }
}

const READ = { contents: github.workflows.JobPermission.READ };

/** The commit without the token, and Node.js. */
function checkoutSteps(project: Project): github.workflows.JobStep[] {
  const actions = githubOf(project).actions;
  return [
    { name: 'Checkout', uses: actions.get(github.ActionRefs.ACTIONS_CHECKOUT), with: { 'persist-credentials': false } },
    { name: 'Set up Node.js', uses: actions.get(github.ActionRefs.ACTIONS_SETUP_NODE), with: { 'node-version': '24', 'package-manager-cache': false } },
  ];
}

/** Every proof of .ci/run, for each change. */
export function addProofsWorkflow(project: Project): void {
  const actions = githubOf(project).actions;
  const workflow = githubOf(project).addWorkflow('proofs');
  workflow.on({ pullRequest: {}, push: { branches: ['main'] }, mergeGroup: {} });
  workflow.addJob('proofs', {
    runsOn: ['ubuntu-latest'],
    permissions: READ,
    timeoutMinutes: 60,
    env: { CI: 'true' },
    steps: [
      ...checkoutSteps(project),
      { name: 'Set up Python', uses: actions.get(github.ActionRefs.ACTIONS_SETUP_PYTHON), with: { 'python-version': '3.12' } },
      { name: 'Set up Java', uses: actions.get(github.ActionRefs.ACTIONS_SETUP_JAVA), with: { 'distribution': 'corretto', 'java-version': '17' } },
      { name: 'Set up Go', uses: actions.get(github.ActionRefs.ACTIONS_SETUP_GO), with: { 'go-version': 'stable', 'cache': false } },
      { name: 'Prove', run: 'bash .ci/run' },
    ],
  });
}

/** Once a week: do the facts still say what their sources say? One issue tells what moved. */
export function addFactsWorkflow(project: Project): void {
  const workflow = githubOf(project).addWorkflow('facts');
  workflow.on({ schedule: [{ cron: '23 5 * * 1' }], workflowDispatch: {} });
  workflow.addJob('facts', {
    runsOn: ['ubuntu-latest'],
    permissions: { ...READ, issues: github.workflows.JobPermission.WRITE },
    timeoutMinutes: 15,
    steps: [
      ...checkoutSteps(project),
      { name: 'Install', run: 'npm ci --ignore-scripts' },
      { name: 'Compare', run: 'bash facts/report-issue.sh', env: { GH_TOKEN: '${{ github.token }}', GITHUB_TOKEN: '${{ github.token }}' } },
    ],
  });
}

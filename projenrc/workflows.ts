import { awscdk, github } from 'projen';

/** What the mutation test takes in one job: each within the hours that a runner has. */
const MUTATED = [
  ['src/private/*.ts', 'src/catalog/**/*.ts', 'src/cost/*.ts', 'src/routing/*.ts', 'src/policy/*.ts', 'src/iam/*.ts', 'src/organization/*.ts', 'src/wording/*.ts'],
  ['src/template/*.ts', 'src/scan/**/*.ts', 'src/move/*.ts', 'src/contract/*.ts'],
  ['src/construct/*.ts', 'src/targets/*.ts', 'src/deploy-time/*.ts'],
  ['src/invoker/*.ts'],
  ['src/bulk/*.ts', 'src/monitoring/*.ts', 'src/perimeter/*.ts'],
  ['src/handlers/invoke/*.ts', ...invoke('call', 'config', 'dialects', 'events', 'failures', 'json', 'log')],
  invoke('escalation', 'http', 'prompt', 'stream', 'traffic'),
  ['src/handlers/deploy-time/*.ts', 'src/handlers/bulk/**/*.ts'],
].map((patterns) => patterns.join());

/** Commas set patterns apart, so that none may stand in braces. */
function invoke(...folders: string[]): string[] {
  return folders.map((folder) => `src/handlers/invoke/${folder}/*.ts`);
}

const READ = { contents: github.workflows.JobPermission.READ };

/** The checks of `.ci/run` on each pull request and before each release, and the mutation test each night. */
export function addWorkflows(project: awscdk.AwsCdkConstructLibrary): void {
  const proof = project.github!.addWorkflow('proof');
  proof.on({ pullRequest: {}, workflowCall: {}, workflowDispatch: {} });
  proof.addJob('proof', {
    runsOn: ['ubuntu-latest'],
    permissions: READ,
    timeoutMinutes: 60,
    env: { CI: 'true' },
    steps: [
      // With tags: the API is compared with the last release's.
      github.WorkflowSteps.checkout({ with: { fetchDepth: 0 } }),
      ...project.renderWorkflowSetup({ mutable: false }),
      { name: 'Setup Java', uses: 'actions/setup-java@v6.0.0', with: { 'distribution': 'temurin', 'java-version': '17' } },
      { name: 'Setup Go', uses: 'actions/setup-go@v7.0.0', with: { 'go-version': '1.25', 'cache': false } },
      { name: 'Everything that must hold of a commit', run: '.ci/run' },
    ],
  });

  const nightly = project.github!.addWorkflow('nightly');
  nightly.on({ schedule: [{ cron: '17 3 * * *' }], workflowDispatch: {} });
  nightly.addJob('mutation', {
    runsOn: ['ubuntu-latest'],
    permissions: READ,
    timeoutMinutes: 350,
    strategy: { failFast: false, matrix: { domain: { mutated: MUTATED } } },
    env: { CI: 'true' },
    steps: [
      github.WorkflowSteps.checkout(),
      ...project.renderWorkflowSetup({ mutable: false }),
      { name: 'Does a test fail for every change to the code?', run: 'npx projen test:mutation --mutate \'${{ matrix.mutated }}\'' },
    ],
  });

  // Nothing is released that has not passed.
  const release = project.tryFindObjectFile('.github/workflows/release.yml')!;
  release.addOverride('jobs.proof', { uses: './.github/workflows/proof.yml', permissions: READ });
  release.addOverride('jobs.release.needs', 'proof');
  // publib's own default, so that no registry is named here.
  release.addDeletionOverride('jobs.release_npm.steps.9.env.NPM_REGISTRY');
}

import { awscdk, Task } from 'projen';

/** What measures the library. Each asks for the bundles, and where it uses them for the compiled package. */
export function addBenches(project: awscdk.AwsCdkConstructLibrary, bundled: Task, compiled: Task): void {
  const bench = project.addTask('bench', { description: 'Measure this library beside its peers; writes docs/performance.md' });
  bench.spawn(bundled);
  bench.spawn(compiled);
  bench.exec('tsx bench/main.ts', { receiveArgs: true });
  const benchSmoke = project.addTask('bench:smoke', { description: 'The ratios that must hold, on the compiled package' });
  benchSmoke.spawn(bundled);
  benchSmoke.spawn(compiled);
  benchSmoke.exec('tsx bench/smoke.ts');
  const benchScan = project.addTask('bench:scan', { description: 'Measure a scan beside cdk-nag and cfn-lint; writes docs/performance.md' });
  benchScan.spawn(bundled);
  benchScan.exec('tsx bench/scan.ts', { receiveArgs: true });
  const benchInvoker = project.addTask('bench:invoker', { description: 'Measure the handlers beside the AWS SDK; writes docs/performance.md' });
  benchInvoker.exec('tsx scripts/bench-invoker.mjs', { receiveArgs: true });
}

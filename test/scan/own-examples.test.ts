import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { ModelCatalog } from '../../src/catalog/model-catalog';
import { scan } from '../../src/scan/scan';
import { readCloudAssembly } from '../../src/template/cloud-assembly';
import { EXAMPLES, NAMES } from '../examples/example-folders';

test.each(NAMES)('the example %s scans clean, and its calls are seen', async (name) => {
  const { app } = await import(join(EXAMPLES, name, 'app')) as { app: App };
  const read = (file: string): unknown => existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const { inputs } = readCloudAssembly(read, app.synth().directory);
  const { findings, uses } = scan(inputs, { cards: ModelCatalog._cards(), residency: { geographies: [], forbidGlobal: false } });
  expect(findings).toEqual([]);
  expect(uses.length).toBeGreaterThan(0);
});

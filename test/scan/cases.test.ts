import { CASES, differences, templateOfCase } from './cases';
import { scanned } from './templates';

test.each(CASES.map((one) => [one.file, one] as const))('%s: nothing is missed, and nothing said too much', (_, one) => {
  const { Resources, ...template } = templateOfCase(one);
  const { allowed, forbidGlobal } = one.residency ?? {};
  const { findings } = scanned(Resources as never, { region: one.region, template, residency: allowed, forbidGlobal });
  expect(differences(one, findings)).toEqual({ missed: [], tooMuch: [] });
  for (const { rule, resource, severity } of findings) {
    const expected = one.findings.find((finding) => !finding.optional && finding.kind === rule && finding.where === resource);
    if (expected && rule !== 'could-not-check') expect(severity).toBe(expected.severity);
  }
});

test('the cases are of every rule', () => {
  expect(new Set(CASES.flatMap(({ findings }) => findings.map(({ kind }) => kind))).size).toBe(15);
});

import { ModelCard } from '../../src';

const disagreements = ModelCard.CLAUDE_HAIKU_4_5.notes.disagreements!;

test.each([
  ['launch date', '2025-10-16', '2025-10-15'],
  ['knowledge cutoff', '2025-02', '2025-07'],
  ['In-Region inference on bedrock-runtime', 'none: a geo or global inference profile is required', 'the bare model ID, with an In-Region endpoint'],
  ['bedrock-mantle in ap-southeast-4', 'served', 'no bedrock-mantle endpoint there'],
  ['global inference from me-central-1 and me-south-1', 'served, as from 31 other source Regions', 'not served: 31 source Regions without these two, for every model'],
  ['counting tokens on bedrock-runtime', 'not supported: bedrock-mantle counts them', 'supported'],
  ['geographies', 'us, eu, au, jp, in', 'us, eu, au'],
  ['Geo JP', 'ap-northeast-1 and ap-northeast-3', 'no Japanese profile'],
  ['end of life', 'not before 2026-10-16', 'not before 2026-10-01'],
])('on the %s the choice and the loser are written down', (topic, chosen, rejected) => {
  expect(disagreements.find((row) => row.topic === topic)).toMatchObject({ chosen, rejected });
});

test.each(disagreements.map((row) => [row.topic, row] as const))('%s names both sources and a reason', (_, row) => {
  expect(row.chosenSourceUrl).toMatch(/^https:\/\/\S+\.\S+$/);
  expect(row.rejectedSourceUrl).toMatch(/^https:\/\/\S+\.\S+$/);
  expect(row.chosen).not.toBe(row.rejected);
  expect(row.reason).toMatch(/^[A-Z].{20,}\.$/);
});

test('the two Gulf Regions alone are disputed sources, and the confirmed question says so', () => {
  expect(disagreements.flatMap(({ disputedGlobalSources = [] }) => disputedGlobalSources)).toEqual(['me-central-1', 'me-south-1']);
  expect(disagreements.find(({ topic }) => topic === 'bedrock-mantle in ap-southeast-4')!.reason).toMatch(/^Confirmed: /);
});

test('what was chosen is what the card holds', () => {
  const card = ModelCard.CLAUDE_HAIKU_4_5;
  const chosen = Object.fromEntries(disagreements.map((row) => [row.topic, row.chosen]));
  expect(chosen['launch date']).toBe(card.lifecycle!.launchDate);
  expect(chosen['knowledge cutoff']).toBe(card.lifecycle!.knowledgeCutoff);
  expect(chosen.geographies).toBe(card.geographies.map(({ prefix }) => prefix).join(', '));
  expect(chosen['end of life']).toBe(`not before ${card.lifecycle!.endOfLifeNotBefore}`);
  expect(card.inRegionOnMantle!.regions).toContain('ap-southeast-4');
});

test.each(['topic', 'chosen', 'chosenSourceUrl', 'rejected', 'rejectedSourceUrl', 'reason'])('a card whose disagreement has no %s is refused', (field) => {
  const [row] = disagreements;
  const card = ModelCard.CLAUDE_HAIKU_4_5;
  const props = {
    name: card.name,
    modelId: card.modelId,
    sourceUrl: card.sourceUrl,
    asOf: card.asOf,
    globalSources: card.globalSources,
    notes: { disagreements: [{ ...row, [field]: '' }] },
  };
  expect(() => ModelCard.of(props)).toThrow(`notes.disagreements[0].${field}: got ""; expected ${field.endsWith('Url') ? 'the https address of the page that says so' : 'a text'}`);
});

test.each([[['me-south-1', 'Bahrain'], '[1]: got "Bahrain"; expected a Region code such as "eu-west-2"'], [[], ': got []; expected a list of at least one Region']])(
  'the disputed sources %j are refused', (disputedGlobalSources, problem) => {
    const [row] = disagreements;
    expect(() => ModelCard.of({ ...ModelCard.CLAUDE_HAIKU_4_5._toProps(), notes: { disagreements: [{ ...row, disputedGlobalSources }] } })).toThrow(
      `notes.disagreements[0].disputedGlobalSources${problem}`);
  });

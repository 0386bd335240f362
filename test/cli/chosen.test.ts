import * as fc from 'fast-check';
import { OFFLINE, run } from './command-line';
import { ModelCard } from '../../src';
import { chosenGeography, chosenRegion, chosenRegions } from '../../src/cli/chosen';
import { ALL_REGIONS, GEOGRAPHIES } from '../fixtures/documented-regions';
import { ControlPlane } from '../stand-ins/bedrock-control';
import '../property-seed';

const CARD = ModelCard.CLAUDE_HAIKU_4_5;

/** The same text with other letters large, and with spaces around it. */
const spelled = (text: string) => fc.tuple(
  fc.array(fc.boolean(), { minLength: text.length, maxLength: text.length }), fc.stringMatching(/^ {0,2}$/), fc.stringMatching(/^ {0,2}$/),
).map(([large, before, after]) => before + [...text].map((letter, index) => large[index] ? letter.toUpperCase() : letter).join('') + after);

test('a geography means what it looks like, in any case', () => {
  fc.assert(fc.property(fc.constantFrom(...GEOGRAPHIES).chain((prefix) => fc.tuple(fc.constant(prefix), spelled(prefix), spelled(`geo ${prefix}`), spelled(`${prefix}.`))),
    ([prefix, ...texts]) => {
      for (const text of texts) expect(chosenGeography(text, CARD).prefix).toBe(prefix);
    }));
});

test('Regions mean what they look like: in any case, once or often, set apart by commas or spaces', () => {
  const separator = fc.constantFrom(',', ' ', ', ', ' ,', ',,', '\t');
  fc.assert(fc.property(
    fc.uniqueArray(fc.constantFrom(...ALL_REGIONS), { minLength: 1, maxLength: 5 }).chain((regions) => fc.tuple(
      fc.constant(regions), fc.tuple(...regions.map(spelled)), fc.tuple(...regions.map(() => fc.boolean())), separator)),
    ([regions, texts, own, between]) => {
      // Each Region is an argument of its own or follows in the one before.
      const args = texts.reduce<string[]>((all, text, index) => {
        return index === 0 || own[index] ? [...all, text] : [...all.slice(0, -1), all.at(-1)! + between + text];
      }, []);
      expect(chosenRegions('--regions', args, CARD)).toEqual(regions);
      expect(chosenRegions('--regions', [...args, ...args], CARD)).toEqual(regions);
    }));
});

test.each([
  ['eu-wset-2', true], ['xx-north-9', true], ['eu-west', false], ['eu-west-2a', false], ['euwest2', false], ['*', false], ['', false], ['eu-west-2,', false],
])('%p %p', (text, taken) => {
  const choose = () => chosenRegion('--region', text, CARD);
  if (taken) expect(choose()).toBe(text);
  else expect(choose).toThrow(`--region is not a Region, got ${JSON.stringify(text)}; expected a Region code such as "eu-west-2". The nearest of Claude Haiku 4.5 is `);
});

test.each([
  ['e-u', 'The nearest is "eu". If AWS has added one since, pass --card with a card file, which "card --from-account" writes.'],
  ['sa', 'The nearest is "us".'],
  ['global', 'Global inference is not a geography: use --global.'],
  ['', 'expected one of us, eu, au, jp, in (as of 2026-10).'],
])('the geography %p is refused with the nearest', (text, message) => {
  expect(() => chosenGeography(text, CARD)).toThrow(message);
});

test('a card without geographies has none to name', () => {
  const { geoRoutes: _, ...props } = CARD._toProps();
  expect(() => chosenGeography('eu', ModelCard.of({ ...props, name: 'Mine' }))).toThrow('--geo is not a geography of Mine, got "eu", and the card of Mine lists none (as of 2026-10).');
});

test('the commands take them', async () => {
  const same = async (args: string[], as: string[]) => {
    const [one, other] = [await run(args, OFFLINE), await run(as, OFFLINE)];
    expect(one).toEqual(other);
    expect(one.code).toBe(0);
  };
  await same(['regions', '--geo', 'EU'], ['regions', '--geo', 'eu']);
  await same(['regions', '--region', ' EU-West-2 '], ['regions', '--region', 'eu-west-2']);
  await same(['route', '--from', 'EU-WEST-2', '--geo', 'Eu'], ['route', '--from', 'eu-west-2', '--geo', 'eu']);
  await same(['policy', '--from', 'EU-WEST-2', '--account', '111122223333', '--geo', 'EU'], ['policy', '--from', 'eu-west-2', '--account', '111122223333']);
});

test.each([[['--regions', 'eu-west-1,eu-west-2']], [['--regions', 'eu-west-1, EU-WEST-2']], [['--regions', 'eu-west-1', '--regions', 'eu-west-2']], [['--regions', 'eu-west-1', 'eu-west-2', 'eu-west-1']]])(
  'check %j asks two Regions', async (args) => {
    const plane = await ControlPlane.start();
    const { code, stdout } = await run(['check', ...args], plane.environment());
    await plane.stop();
    expect(code).toBe(0);
    expect(stdout).toContain('2 Regions asked: 2 in order.');
  });

test.each([['check', []], ['card', ['--from-account', '--out', '/dev/null']]])('%s with a Region that is none asks nothing', async (command, more) => {
  const { code, stderr } = await run([command, ...more, '--regions', 'eu-west-1,eu-west2'], OFFLINE);
  expect(code).toBe(2);
  expect(stderr).toBe('--regions is not a Region, got "eu-west2"; expected a Region code such as "eu-west-2". The nearest of Claude Haiku 4.5 is "eu-west-2".\n');
  expect(await run([command, ...more, '--regions', ','], OFFLINE)).toMatchObject({
    code: 2, stderr: '--regions names no Region, got ","; expected Region codes such as eu-west-1,eu-west-2.\n',
  });
});

test.each([
  ['--out', ['card', '--from-account', '--out', '--json']],
  ['--out', ['card', '--from-account', '--out=--json']],
  ['--card', ['regions', '--card', '--json']],
  ['--name', ['card', '--from-account', '--model', 'anthropic.x', '--name', '--json']],
  ['--from', ['route', '--from', '--json']],
  ['--project', ['policy', '--account', '111122223333', '--from', 'eu-west-1', '--in-region', '--project', '--json']],
  ['--regions', ['check', '--regions', '--json']],
])('an option as the value of %s is refused', async (option, args) => {
  const { code, stdout } = await run(args, OFFLINE);
  // Said in JSON where the arguments hold --json, wherever it stands.
  const said = stdout ? (JSON.parse(stdout) as { error: { message: string } }).error.message : (await run(args, OFFLINE)).stderr.trim();
  expect([code, said]).toEqual([2, `${option} has no value, got the option "--json" in its place; expected a value after ${option}.`]);
});

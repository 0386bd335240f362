// A prop that is spelt wrong would do nothing, and JavaScript tells nobody. One that is needed is missed anyway.
import { Callable, callablesOfApi, Field } from './callables';
import { ValidCalls } from './valid-values';
import { thrown } from '../kit/three-ways';

const surface = callablesOfApi();
const calls = new ValidCalls(surface);

const props = surface.callables.filter(({ kind }) => kind === 'constructor').flatMap((callable) => callable.parameters
  .flatMap(({ name, type }) => (surface.structs[type] ?? []).filter(({ optional }) => optional).map((field): [string, Callable, string, Field] => [`${callable.owner}: ${field.name}`, callable, name, field])));

/** What is missed anyway where it is not there: one of a few that a construct needs. */
const isNeeded = (callable: Callable, parameter: string, { name }: Field) => {
  try {
    calls.call(callable, ValidCalls.stack(), [parameter, name], undefined);
    return false;
  } catch {
    return true;
  }
};

test('there are props that may be left out of every construct', () => {
  expect(new Set(props.map(([, { owner }]) => owner)).size).toBeGreaterThanOrEqual(6);
});

test.each(props.filter(([, callable, parameter, field]) => !isNeeded(callable, parameter, field)))('%s without its last letter is refused', (_, callable, parameter, { name }) => {
  const misspelt = name.slice(0, -1);
  const act = () => calls.call(callable, ValidCalls.stack(), [parameter, misspelt], 'mine');
  expect(thrown(act)).toContain(`${misspelt} is not a prop of ${callable.owner}, and would do nothing, got "mine"; expected ${name}. Rename it, or leave it out.`);
});

import { PublicApi, publicApi } from './public-api';

let api: PublicApi;

beforeAll(() => { api = publicApi(); });

test('the public names, and what each offers, are those of the snapshot', () => {
  expect(api).toMatchSnapshot();
});

test('everything public is a class, an interface or an enum: jsii drops all else without a word', () => {
  expect(Object.keys(api).length).toBeGreaterThan(20);
  expect(Object.entries(api).filter(([, [kind]]) => !['class', 'interface', 'enum'].includes(kind)).map(([name]) => name)).toEqual([]);
});

test('no public type is any', () => {
  expect(Object.entries(api).flatMap(([name, members]) => members.filter((member) => /\bany\b/.test(member)).map((member) => `${name}.${member}`))).toEqual([]);
});

test('no member of a class is called system: in C# it hides the namespace System, without which the package does not compile', () => {
  const classes = Object.entries(api).filter(([, [kind]]) => kind === 'class');
  expect(classes.flatMap(([name, members]) => members.filter((member) => /^(static )?system\??:/.test(member)).map((member) => `${name}.${member}`))).toEqual([]);
});

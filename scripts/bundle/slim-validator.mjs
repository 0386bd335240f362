// Lets esbuild leave out what nobody reads of the validator of JSON schemas: the texts and places of its errors, a quarter of its code,
// since an answer fits a schema or it does not; and the formats that Claude's structured outputs do not know either.
// A test compares its verdicts with those of the package as it is.
import { readFile } from 'node:fs/promises';

/** The lines of an error's fields. Parameters and arguments of these names stand beside others, on one line. */
const FIELD = /^ +(?:instanceLocation|keyword: '.*'|keywordLocation(?:: .*)?|error: .*?),?$/;

/** The entries of the table of formats that go, and with them their expressions. */
const FORMAT = /^ +'?(?:uri-reference|uri-template|url|json-pointer|json-pointer-uri-fragment|relative-json-pointer)'?: /;

const slim = (unread) => async ({ path }) => ({ contents: (await readFile(path, 'utf8')).split('\n').filter((line) => !unread.test(line)).join('\n'), loader: 'js' });

export const slimValidator = {
  name: 'slim-validator',
  setup(build) {
    build.onLoad({ filter: /@cfworker[\\/]json-schema[\\/].*[\\/]validate\.js$/ }, slim(FIELD));
    build.onLoad({ filter: /@cfworker[\\/]json-schema[\\/].*[\\/]format\.js$/ }, slim(FORMAT));
  },
};

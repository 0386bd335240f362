// Lets esbuild leave out what is not used of an AWS SDK client. Its operations are arrays with computed keys ([_x]: ...), which
// a bundler must keep because computing a key could do something; the keys are constants, so they are written out.
import { readFile } from 'node:fs/promises';

export const slimSchemas = {
  name: 'slim-schemas',
  setup(build) {
    build.onLoad({ filter: /@aws-sdk[\\/].*schemas_\d+\.js$/ }, async ({ path }) => {
      const code = await readFile(path, 'utf8');
      const constants = new Map([...code.matchAll(/^const (\w+) = ("[^"\n]*");$/gm)].map(([, name, text]) => [name, text]));
      return { contents: code.replace(/\[(\w+)\]: /g, (key, name) => (constants.has(name) ? `${constants.get(name)}: ` : key)), loader: 'js' };
    });
  },
};

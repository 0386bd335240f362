// Lets esbuild leave out what is not used of an AWS SDK client:
// - its operations are arrays with computed keys ([_x]: ...), which a bundler must keep because computing a key could do something; the
//   keys are constants, so they are written out;
// - it loads what reads and writes event streams when an operation has one, and none that we call has.
import { readFile } from 'node:fs/promises';

export const slimSdk = {
  name: 'slim-sdk',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /@aws-sdk[\\/].*schemas_\d+\.js$/ }, async ({ path }) => {
      const code = await readFile(path, 'utf8');
      const constants = new Map([...code.matchAll(/^const (\w+) = ("[^"\n]*");$/gm)].map(([, name, text]) => [name, text]));
      return { contents: code.replace(/\[(\w+)\]: /g, (key, name) => (constants.has(name) ? `${constants.get(name)}: ` : key)), loader: 'js' };
    });
    onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ kind, path }) => kind === 'dynamic-import' ? { path, namespace: 'left-out' } : undefined);
    onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({ contents: `throw new Error('${path} is not in this bundle.');` }));
  },
};

// MIT, BSD and Apache-2.0 all ask that their text goes along with the code: this collects it for what esbuild took into a bundle.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE_FOLDER = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;
const LEGAL_FILE = /^(licen[cs]e|copying|notice)(\.(md|txt))?$/i;

/** The packages whose code is in the bundles, by name and version, each with its licence and the texts that come with it. */
export function bundledPackages(root, metafiles) {
  const files = metafiles.flatMap(({ outputs }) => Object.values(outputs)).flatMap(({ inputs }) => Object.entries(inputs));
  const folders = files.filter(([, { bytesInOutput }]) => bytesInOutput > 0).flatMap(([file]) => PACKAGE_FOLDER.exec(file)?.[1] ?? []);
  return [...new Set(folders)].map((folder) => packageIn(root, folder)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function packageIn(root, folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const id = `${name}@${version}`;
  const texts = readdirSync(join(root, folder)).filter((file) => LEGAL_FILE.test(file)).sort().map((file) => textOf(join(root, folder, file)));
  return { id, name, licence: license, text: texts.join('\n\n') || textWithoutFile(root, id, license, name) };
}

/**
 * MIT, BSD and ISC cannot do without a file: their text begins with the author's copyright notice. For a package without one it is written
 * down beside this script, with the notices of what the package says that it is derived from.
 */
function textWithoutFile(root, id, licence, name) {
  const written = join(root, 'scripts', 'bundle', 'licences', `${name.replace(/^@/, '').replace('/', '-')}.txt`);
  if (existsSync(written)) return textOf(written);
  if (licence === 'Apache-2.0') return textOf(join(root, 'LICENSE'));
  if (licence === '0BSD' || licence === 'MIT-0') return 'This licence asks for no text.';
  throw new Error(`A bundled package comes without its licence's text, got ${JSON.stringify(id)} under ${JSON.stringify(licence)}; expected a file LICENSE in it. `
    + 'Bundle a version that has one.');
}

function textOf(file) {
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trim();
}

/** One file for all bundles: each text once, below the packages that it is for. */
export function thirdPartyLicences(packages) {
  const byText = new Map();
  for (const one of packages) byText.set(one.text, [...byText.get(one.text) ?? [], one]);
  const sections = [...byText].map(([text, those]) => `${those.map(({ id, licence }) => `${id} (${licence})`).join('\n')}\n\n${text}\n`);
  return ['The files in assets/ contain code of these packages.\n', ...sections].join(`\n${'-'.repeat(80)}\n\n`);
}

import { Finding } from '../../src/routing/finding';
import { libraryText } from '../../src/wording/library';

/** What the library says of an answer that must be a finding of this code. Its words are asserted in finding-text.test.ts alone. */
export function said(code: `${Finding['code']}`, answer: { readonly finding: Finding } | object): string {
  expect(answer).toMatchObject({ finding: { code } });
  return libraryText((answer as { readonly finding: Finding }).finding);
}

import { Schema, SchemaDraft, Validator } from '@cfworker/json-schema';

/** Says whether a JSON value fits a schema. It is made once, so that the schema's references are followed once. */
export type Fits = (value: unknown) => boolean;

const DRAFTS: [uri: RegExp, draft: SchemaDraft][] = [[/draft-04/, '4'], [/draft-0[67]/, '7'], [/2019-09/, '2019-09']];

/** What judges by a schema: of the draft that it names, or of 2020-12. This file is one of its own in the bundles. */
export function fitting(schema: unknown): Fits {
  if (typeof schema === 'boolean') return () => schema;
  const { $schema: uri = '' } = schema as { readonly $schema?: string };
  const draft = DRAFTS.find(([pattern]) => pattern.test(uri))?.[1] ?? '2020-12';
  const validator = new Validator(schema as Schema, draft);
  return (value) => validator.validate(value).valid;
}

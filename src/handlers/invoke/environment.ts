/** Environment variables, as `process.env` has them. */
export interface Environment {
  readonly [name: string]: string | undefined;
}

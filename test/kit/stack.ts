import { App, Stack } from 'aws-cdk-lib/core';

/** The accounts of AWS's own examples: ours, and another one. */
export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';

/** Where a fact comes from, for cards that tests make up. */
export const CITED = { sourceUrl: 'https://example.com/card', asOf: '2026-11' };

/** A stack of one Region, or an environment-agnostic one. */
export function stackIn(region?: string, app = new App(), id = 'Stack'): Stack {
  return new Stack(app, id, region ? { env: { account: ACCOUNT, region } } : {});
}

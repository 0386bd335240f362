import { Alias, CfnAlias, Function } from 'aws-cdk-lib/aws-lambda';
import { Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { HaikuError, shown } from '../private/errors';
import { checkWholeNumber } from '../private/prop-kind';

const ALIAS_NAME = /^(?!\d+$)[a-zA-Z0-9_-]{1,128}$/;

/**
 * An alias of a HaikuInvoker's function, always on its newest version.
 */
export interface InvokerAlias {
  /**
   * The name: 1 to 128 letters, digits, `-` and `_`, not digits alone.
   */
  readonly aliasName: string;

  /**
   * How many instances are kept ready, so that no call waits for one to start. They are paid for while they are kept.
   *
   * @default - none
   */
  readonly provisionedConcurrentExecutions?: number;
}

/** The alias, on the newest version of the function. */
export function invokerAlias(scope: Construct, lambdaFunction: Function, { aliasName, provisionedConcurrentExecutions }: InvokerAlias): Alias {
  const alias = new Alias(scope, 'Alias', { aliasName, version: lambdaFunction.currentVersion });
  if (provisionedConcurrentExecutions !== undefined) {
    // Not through the prop of the same name, which takes a token for a negative number.
    (alias.node.defaultChild as CfnAlias).provisionedConcurrencyConfig = { provisionedConcurrentExecutions };
  }
  return alias;
}

/** Refuses a name that Lambda does not take, and more instances than there may be. */
export function checkAlias({ aliasName, provisionedConcurrentExecutions: provisioned }: InvokerAlias, reserved: number | undefined): void {
  if (!Token.isUnresolved(aliasName) && !ALIAS_NAME.test(aliasName)) {
    throw new HaikuError(
      `aliasName is not one that Lambda takes, got ${shown(aliasName)}; `
      + 'expected 1 to 128 letters, digits, "-" and "_", not digits alone. Choose such a name, for example "live".');
  }
  checkWholeNumber('provisionedConcurrentExecutions', provisioned, [1], 'Leave it out to keep no instance ready.');
  if (provisioned === undefined || reserved === undefined || Token.isUnresolved(provisioned) || Token.isUnresolved(reserved)) return;
  if (provisioned > reserved) {
    throw new HaikuError(
      `provisionedConcurrentExecutions is more than is reserved, got ${provisioned} of ${reserved}; `
      + 'expected at most reservedConcurrentExecutions. Reserve more, or keep fewer ready.');
  }
}

import {
  BedrockClient, DeleteModelInvocationLoggingConfigurationCommand, GetModelInvocationLoggingConfigurationCommand, LoggingConfig,
  PutModelInvocationLoggingConfigurationCommand,
} from '@aws-sdk/client-bedrock';
import { Done, FailedHalfway, Resource } from './carry-out';
import type { CloudFormationEvent } from './cloudformation';
import { foundBefore, physicalIdOf } from './found-before';
import { asked, describe, samePlaces } from './logging-config';

/** How often a configuration is put again while IAM has not yet spread the new role. */
const ATTEMPTS = 8;

/** The account's one model invocation logging configuration in this Region. */
export class LoggingResource implements Resource {
  constructor(private readonly client: BedrockClient, private readonly pauseMs = 2000) {}

  async create(event: CloudFormationEvent): Promise<Done> {
    const { config, replaceExisting, passableRoleArns } = asked(event.ResourceProperties);
    const found = await this.current();
    if (found && !replaceExisting) {
      throw new Error(`This account already logs model invocations in this Region, to ${describe(found)}, and there can be only one configuration. `
        + 'Leave it to its owner, or set replaceExisting: it comes back when this resource is deleted.');
    }
    const role = found?.cloudWatchConfig?.roleArn;
    if (role && !passableRoleArns.includes(role)) {
      throw new Error(`The configuration that is there could not be restored later: it uses ${role}. Pass that role as replacedRole, and deploy again.`);
    }
    const physicalId = physicalIdOf(found);
    // From here on a Delete has something to undo, even if the answer of this call is lost.
    await this.put(config).catch((error: unknown) => {
      throw new FailedHalfway(error instanceof Error ? error.message : String(error), physicalId);
    });
    return { physicalId };
  }

  async update(event: CloudFormationEvent): Promise<Done> {
    const { config, replaceExisting } = asked(event.ResourceProperties);
    const physicalId = event.PhysicalResourceId!;
    const current = await this.current();
    const ours = [config, asked(event.OldResourceProperties!).config].some((one) => samePlaces(one, current));
    if (current && !ours && !replaceExisting) {
      // Not a failure: the rollback of this update would meet the same and leave the stack stuck.
      console.warn(`Left alone: someone else has since set the configuration, to ${describe(current)}.`);
      return { physicalId };
    }
    await this.put(config);
    return { physicalId };
  }

  async delete(event: CloudFormationEvent): Promise<void> {
    const current = await this.current();
    if (!samePlaces(current, asked(event.ResourceProperties).config)) {
      console.warn(`Left alone: the configuration is not the one of this resource any more: ${current ? describe(current) : 'there is none'}.`);
      return;
    }
    const found = foundBefore(event.PhysicalResourceId!);
    if (found) await this.put(found);
    else await this.client.send(new DeleteModelInvocationLoggingConfigurationCommand({}));
  }

  private async current(): Promise<LoggingConfig | undefined> {
    const { loggingConfig } = await this.client.send(new GetModelInvocationLoggingConfigurationCommand({}));
    return loggingConfig?.cloudWatchConfig || loggingConfig?.s3Config ? loggingConfig : undefined;
  }

  /** Amazon Bedrock tries role and bucket out before it takes a configuration, and a new role is not known everywhere at once. */
  private async put(loggingConfig: LoggingConfig): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.client.send(new PutModelInvocationLoggingConfigurationCommand({ loggingConfig }));
        return;
      } catch (error) {
        if ((error as Error).name !== 'ValidationException' || attempt === ATTEMPTS) throw error;
        await new Promise((resolve) => setTimeout(resolve, this.pauseMs));
      }
    }
  }
}

import { AccountSurvey, surveyAccount } from './account-survey';
import { AwsClients } from './aws-clients';
import { errorOf, unansweredText } from './failures';
import { ModelCard } from '../../catalog/model-card';
import { CheckedRegion, checkedRegion } from '../../live/drift';
import { chosenCard, chosenRegions } from '../chosen';
import { ExitCode } from '../command';
import type { ModelOptions } from '../options';
import type { Terminal } from '../terminal';

export interface CheckOptions extends ModelOptions {
  readonly regions?: string[];
  readonly timeout: number;
  readonly json?: boolean;
}

export async function runCheck(options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  const card = chosenCard(options);
  const clients = new AwsClients(options.timeout);
  const only = chosenRegions('--regions', options.regions, card);
  const survey = await surveyAccount(clients, card, card.modelId, only, (text) => terminal.progress(text));
  const regions = survey.regions.map((region) => checkedRegion(card, region, only !== undefined));
  const asked = (state: CheckedRegion['state']) => regions.filter((region) => region.state === state);
  const differ = regions.some(({ differences }) => differences.length > 0);
  const unchecked = survey.failures.length > 0 || regions.length === 0 || regions.some(({ failures }) => failures.length > 0)
    || (only !== undefined && survey.notEnabled.length > 0);
  if (options.json) {
    terminal.printJson({
      model: card.modelId,
      asOf: card.asOf,
      account: survey.caller?.account,
      regions,
      notEnabled: survey.notEnabled,
      failures: survey.failures,
      error: regions.length === 0 ? errorOf(survey.failures) : undefined,
    });
  } else {
    print(card, survey, regions, terminal);
    const counts = (['in order', 'differs', 'could not be checked', 'no Bedrock endpoint'] as const)
      .map((state) => `${asked(state).length} ${state}`).filter((text) => !text.startsWith('0 '));
    terminal.print('\n' + terminal.prose(`${regions.length} ${regions.length === 1 ? 'Region' : 'Regions'} asked${counts.length > 0 ? `: ${counts.join(', ')}` : ''}.`
      + (survey.notEnabled.length > 0 ? `\nNot asked, because the account has not enabled them: ${survey.notEnabled.join(' ')}` : '')));
  }
  return differ ? ExitCode.FOUND : unchecked ? ExitCode.NOT_CHECKED : ExitCode.IN_ORDER;
}

function print(card: ModelCard, survey: AccountSurvey, regions: CheckedRegion[], terminal: Terminal): void {
  const account = survey.caller ? ` for account ${survey.caller.account}` : '';
  terminal.print(`${terminal.style('bold', `${card.name}, card of ${card.asOf}, against AWS${account}`)}`);
  const inOrder = regions.filter(({ state }) => state === 'in order').map(({ region }) => region);
  if (inOrder.length > 0) {
    terminal.print(`\n${terminal.style('green', 'In order')}\n${terminal.prose(inOrder.join(' '))}`);
  }
  const differences = regions.flatMap((region) => region.differences);
  if (differences.length > 0) {
    terminal.print(`\n${terminal.style('red', 'Differs')}`);
    for (const { region, code, id, card: held, aws } of differences) {
      terminal.print(`${region}  ${id}  (${code})`);
      terminal.print(terminal.fields([['-> card', held], ['-> AWS', aws]]));
    }
    terminal.print('\n' + terminal.prose('To use what AWS says now: npx cdk-bedrock-haiku card --from-account, then ModelCard.fromFile.'));
  }
  const unanswered = unansweredText([...survey.failures, ...regions.flatMap(({ failures }) => failures)], terminal);
  if (unanswered) terminal.print(unanswered);
}

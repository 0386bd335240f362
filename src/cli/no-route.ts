import { ExitCode } from './exit-code';
import { findingText } from './finding-text';
import { Terminal } from './terminal';
import { ModelCard } from '../catalog/model-card';
import { RoutingFinding } from '../routing/finding';

/** Says why a Region cannot call the model as asked. */
export function printNoRoute(
  card: ModelCard, sourceRegion: string, finding: RoutingFinding, json: boolean | undefined, terminal: Terminal): ExitCode {
  const message = findingText(finding);
  if (json) terminal.printJson({ model: card.modelId, sourceRegion, finding, error: { message, code: finding.code } });
  else terminal.print(`${terminal.style('red', 'No route')} (${finding.code})\n${terminal.prose(message)}`);
  return ExitCode.FOUND;
}

import { IConstruct } from 'constructs';

/** Whether a construct is still in its tree: one that was removed knows its scope, but its scope no longer knows it. */
export function inTree(construct: IConstruct): boolean {
  const { scope, id } = construct.node;
  return !scope || (scope.node.tryFindChild(id) === construct && inTree(scope));
}

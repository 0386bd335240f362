import { Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import { ACCOUNT } from './stack';
import { DeployedTemplate } from '../../src/template/deployed-template';
import { TemplateJson } from '../../src/template/template-json';

/** Where a template is deployed to. */
export interface Where {
  readonly region: string;
  readonly account?: string;
  /** Logical ID and attribute -> value, for example `Profile.InferenceProfileArn`. Without it, what a template does not tell stands under its name. */
  readonly attributes?: Record<string, string>;
}

/** A template as `Template.fromStack` gives it. */
export interface StackTemplate extends TemplateJson {
  readonly Resources: Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>;
  readonly Outputs?: Record<string, { readonly Value: unknown }>;
  readonly Rules?: Record<string, unknown>;
}

export function templateOf(stack: Stack): StackTemplate {
  return Template.fromStack(stack).toJSON() as StackTemplate;
}

/** A value of a template in a deployment. What a deployment would refuse is an error, and so is an attribute that was to be given. */
export function deployed(template: TemplateJson, value: unknown, { region, account = ACCOUNT, attributes }: Where): unknown {
  const supply = (name: string, argument: unknown): string => {
    const reference = [argument].flat().join('.');
    if (name === 'Fn::FindInMap') throw new Error(`Mappings hold no ${reference}`);
    if (attributes) return attributes[reference] ?? unknown(`No value was given for ${reference}`);
    const isNamed = ['Ref', 'Fn::GetAtt', 'Fn::ImportValue'].includes(name) && !reference.startsWith('AWS::');
    return isNamed ? `${name.replace('Fn::', '')}(${reference})` : unknown(`This deployment knows no ${name} of ${JSON.stringify(argument)}`);
  };
  return new DeployedTemplate(template, { region, account, supply }).value(value);
}

function unknown(message: string): never {
  throw new Error(message);
}

import { Caller } from './caller';
import { endpointRegion } from './endpoint';
import { Resource, Stack } from '../../template/stack';
import { at } from '../../template/template-json';

/** A model in the path of a request, and what is done with it. */
const IN_PATH = /model\/([^/"'`\s]{1,300})\/(invoke|converse)(-with-response-stream|-stream)?/g;
/** A model that code hands to `@aws-appsync/utils/ai`. */
const IN_CODE = /\bmodelId["']?\s{0,20}:\s{0,20}["'`]([^"'`\s]{1,300})["'`]/g;
const URI = /^arn:[a-z-]+:apigateway:([a-z0-9-]+):bedrock-runtime:/;

/** What sends requests to bedrock-runtime by itself: resolvers and functions of AppSync, methods of API Gateway. */
export function requestPathCallers(stack: Stack): Caller[] {
  return [...resolvers(stack), ...methods(stack)].filter(({ names }) => names.length > 0);
}

function resolvers(stack: Stack): Caller[] {
  const sources = new Map(stack.of('AWS::AppSync::DataSource').map((resource) => [String(resource.properties.Name), resource]));
  return stack.of('AWS::AppSync::Resolver', 'AWS::AppSync::FunctionConfiguration').flatMap((resource) => {
    const source = sources.get(String(resource.properties.DataSourceName));
    const endpoint = endpointRegion(String(at(source?.properties, 'HttpConfig', 'Endpoint')));
    if (!source || (source.properties.Type !== 'AMAZON_BEDROCK_RUNTIME' && endpoint === undefined)) return [];
    const field = 'Code' in resource.properties ? 'Code' : 'RequestMappingTemplate';
    return [caller(resource, field, String(resource.properties[field]), source.properties.ServiceRoleArn, endpoint ?? stack.deployment.region)];
  });
}

function methods(stack: Stack): Caller[] {
  return stack.of('AWS::ApiGateway::Method').flatMap((resource) => {
    const uri = String(at(resource.properties, 'Integration', 'Uri'));
    const region = URI.exec(uri)?.[1];
    return region === undefined ? [] : [caller(resource, 'Integration/Uri', uri, at(resource.properties, 'Integration', 'Credentials'), region)];
  });
}

function caller(resource: Resource, field: string, text: string, role: unknown, region: string): Caller {
  const found = [...text.matchAll(IN_PATH)];
  const streamed = found.find(([, , , streams]) => streams !== undefined)?.[0];
  return {
    resource,
    names: [...found, ...text.matchAll(IN_CODE)].map(([, name]) => ({ path: `Properties/${field}`, value: decoded(name) })),
    certain: true,
    roles: [role],
    sources: [region],
    streams: streamed && `it sends its requests to ${streamed}`,
  };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

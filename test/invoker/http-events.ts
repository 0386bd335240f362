/** What a test says of an HTTP request; the rest of its event is as documented. */
export interface HttpRequest {
  readonly path?: string;
  readonly method?: string;
  /** Sent as JSON, unless it is text. */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

const textOf = (body: unknown) => typeof body === 'string' ? body : JSON.stringify(body);
const listed = (headers: Record<string, string>) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));

/** @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-request-payload */
export function functionUrlEvent({ path = '/', method = 'POST', body, headers = {} }: HttpRequest) {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: 'beta=true',
    headers: { 'content-type': 'application/json', ...headers },
    queryStringParameters: { beta: 'true' },
    requestContext: {
      accountId: '123456789012',
      apiId: 'urlid',
      authentication: null,
      domainName: 'urlid.lambda-url.eu-west-2.on.aws',
      domainPrefix: 'urlid',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'agent' },
      requestId: 'id',
      routeKey: '$default',
      stage: '$default',
      time: '12/Mar/2020:19:03:58 +0000',
      timeEpoch: 1583348638390,
    },
    body: textOf(body),
    pathParameters: null,
    isBase64Encoded: false,
    stageVariables: null,
  };
}

/**
 * A route of `$default` takes what no other route does; the path begins with the stage, unless that is `$default`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function httpApiEvent(request: HttpRequest, { routeKey = '$default', stage = '$default' } = {}) {
  const { requestContext, ...event } = functionUrlEvent(request);
  const domain = { apiId: 'api-id', domainName: 'id.execute-api.us-east-1.amazonaws.com', domainPrefix: 'id' };
  return { ...event, routeKey, requestContext: { ...requestContext, ...domain, routeKey, stage } };
}

/**
 * The resource is the path as the API declares it, and may be greedy: `/{proxy+}`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
 */
export function restApiEvent({ path = '/', method = 'POST', body, headers = {} }: HttpRequest, resource = path) {
  return {
    resource,
    path,
    httpMethod: method,
    headers,
    multiValueHeaders: listed(headers),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    requestContext: {
      accountId: '123456789012',
      apiId: 'id',
      domainName: 'id.execute-api.us-east-1.amazonaws.com',
      domainPrefix: 'id',
      extendedRequestId: 'request-id',
      httpMethod: method,
      identity: { sourceIp: 'IP', userAgent: 'user-agent' },
      path: `/prod${path}`,
      protocol: 'HTTP/1.1',
      requestId: 'id=',
      resourcePath: resource,
      stage: 'prod',
    },
    pathParameters: null,
    stageVariables: null,
    body: textOf(body),
    isBase64Encoded: false,
  };
}

/** The format of REST APIs, which HTTP APIs send with a version of its own. */
export function httpApiEvent1(request: HttpRequest, resource?: string) {
  return { version: '1.0', ...restApiEvent(request, resource) };
}

/**
 * A load balancer sends its headers as single values, or with `lambda.multi_value_headers.enabled` as lists.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html#receive-event-from-load-balancer
 */
export function loadBalancerEvent({ path = '/', method = 'POST', body, headers = {} }: HttpRequest, { multiValue = false } = {}) {
  const all = { 'content-type': 'application/json', 'x-forwarded-proto': 'https', ...headers };
  return {
    requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-target-group/6d0ecf831eec9f09' } },
    httpMethod: method,
    path,
    ...multiValue ? { multiValueQueryStringParameters: {}, multiValueHeaders: listed(all) } : { queryStringParameters: {}, headers: all },
    isBase64Encoded: false,
    body: textOf(body),
  };
}

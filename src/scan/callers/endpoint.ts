/** The Region of a bedrock-runtime endpoint in a text, such as `https://bedrock-runtime.eu-west-1.amazonaws.com`; nothing if there is none. */
export function endpointRegion(text: string): string | undefined {
  return /bedrock-runtime(?:-fips)?\.([a-z0-9-]{1,30})\./.exec(text)?.[1];
}

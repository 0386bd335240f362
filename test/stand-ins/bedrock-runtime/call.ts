/** One request as it arrived, before anything was checked. */
export interface Call {
  readonly method: string;
  /** Raw: neither decoded nor normalised. */
  readonly path: string;
  /** Raw, without the question mark. */
  readonly query: string;
  /** Lower-case names; a repeated header's values are joined as SigV4 joins them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly httpVersion: '1.1' | '2.0';
  /** Counts from 1: equal numbers came over the same TCP connection. */
  readonly connectionId: number;
  /** From the credential scope of the `authorization` header, verified or not. */
  readonly signedRegion?: string;
  readonly signedService?: string;
}

/** A `Call` with what became of it. */
export interface RecordedCall extends Call {
  /** The response's status; undefined when none was sent. */
  status?: number;
}

/** The Region and service that a request says it was signed for. */
export function credentialScope(authorization: string | undefined): { signedRegion?: string; signedService?: string } {
  const scope = /Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(authorization ?? '');
  return scope === null ? {} : { signedRegion: scope[1], signedService: scope[2] };
}

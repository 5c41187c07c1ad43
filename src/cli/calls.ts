/** A service that the command reads. */
export type Service = 'iam' | 'eks';

/** Sends a request of the AWS SDK by the name of its operation. */
export type Send = (service: Service, operation: string, input: Record<string, unknown>) => Promise<any>;

/** Why calls fail, in plain words, by what the SDK says. */
const FAILURES: [RegExp, string][] = [
  [/^(AccessDenied|UnauthorizedOperation)/, 'not permitted'],
  [/Region is missing/, 'no region. Name one with --region'],
  [/Credentials|ExpiredToken|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|Token is expired|could not be found in.*(config|credentials) file/i,
    'no valid credentials. Sign in, or name a profile with --profile'],
  [/Throttl|TooManyRequests|RequestLimitExceeded|Rate exceeded/, 'AWS limits the rate of calls. Try again later'],
  [/ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|TimeoutError/, 'AWS can not be reached'],
];

/** A call that failed for good. */
export class CallError extends Error {
  /** Why, in plain words; undefined where only the SDK can say. */
  public readonly failure?: string;

  constructor(public readonly action: string, public readonly reason: Error) {
    super(reason.message || reason.name);
    const said = `${reason.name} ${(reason as NodeJS.ErrnoException).code ?? ''} ${reason.message}`;
    this.failure = FAILURES.find(([pattern]) => pattern.test(said))?.[1];
  }

  /** Whether the account does not permit the call. */
  public get denied(): boolean {
    return this.failure === FAILURES[0][1];
  }
}

const IN_FLIGHT = 4;

/** Calls to an account: a few at a time, all pages of a list. */
export class Calls {
  /** How many have been answered. */
  public answered = 0;
  private readonly unseen = new Set<string>();
  private inFlight = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly send: Send) {}

  /** The answer of one call. Throws CallError. */
  public async one(service: Service, operation: string, input: Record<string, unknown>): Promise<any> {
    while (this.inFlight >= IN_FLIGHT) { await new Promise<void>(resolve => this.waiting.push(resolve)); }
    this.inFlight++;
    return this.send(service, operation, input)
      .catch(error => { throw new CallError(`${service}:${operation}`, error); })
      .finally(() => {
        this.answered++;
        this.inFlight--;
        this.waiting.shift()?.();
      });
  }

  /** All members of a list, page by page. Throws CallError. */
  public async list(service: Service, operation: string, input: Record<string, unknown>, member: string): Promise<any[]> {
    const found: any[] = [];
    for (let page: Record<string, unknown> | undefined = {}; page;) {
      const answer: any = await this.one(service, operation, { ...input, ...page });
      found.push(...answer[member] ?? []);
      page = answer.nextToken ? { nextToken: answer.nextToken } : (answer.IsTruncated ? { Marker: answer.Marker } : undefined);
    }
    return found;
  }

  /** What a read gives, or something else where that can't be seen: it is not permitted, or the service does not know the call there. */
  public async visible<T>(read: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof CallError && (error.denied || error.failure === undefined))) { throw error; }
      this.unseen.add(`${error.action} ${error.denied ? 'is not permitted' : 'failed'}`);
      return otherwise;
    }
  }

  /** Why not all could be seen; undefined where all could. */
  public get hidden(): string | undefined {
    return this.unseen.size > 0 ? [...this.unseen].sort().join(', ') : undefined;
  }
}

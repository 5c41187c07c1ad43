/** Gets the text behind an address. */
export type Fetch = (url: string) => Promise<string>;

/** The source answers that there is nothing at its address. */
export class SourceGone extends Error {}

/** The source could not be asked. */
export class SourceUnreachable extends Error {}

/** Nothing where a source has gone. */
export async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof SourceGone) { return undefined; }
    throw error;
  }
}

/** Asks over the network; GitHub allows more questions with a token. */
export const fetchText: Fetch = async url => {
  const token = new URL(url).host === 'api.github.com' ? process.env.GITHUB_TOKEN : undefined;
  let response: Response;
  try {
    response = await fetch(url, { headers: token ? { authorization: `Bearer ${token}` } : {}, signal: AbortSignal.timeout(30_000) });
  } catch (error) {
    throw new SourceUnreachable(`${url}: ${(error as Error).cause ?? error}`);
  }
  if (response.status === 404 || response.status === 410) { throw new SourceGone(`${url}: HTTP ${response.status}`); }
  if (!response.ok) { throw new SourceUnreachable(`${url}: HTTP ${response.status}`); }
  return response.text();
};

import type { Outcome } from '../../shared/outcome';

/** One POST to a web server that is none of the user's own. */
export interface HttpPost {
  /** Only `https:`. */
  readonly url: string;
  readonly contentType: string;
  readonly body: string;
  readonly timeoutMs: number;
}

/** A question whose answer is read. */
export interface HttpQuestion {
  readonly method: 'GET' | 'POST';
  /** `https:`, or `http:` where the caller knows why. */
  readonly url: string;
  /** No cookies and no names of ours are added. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  /** A longer answer is a failure of kind 'limit', not a cut one. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  /** As the server wrote it; null when it did not. */
  readonly location: string | null;
  readonly authenticate: string | null;
  readonly body: string;
}

/**
 * The web, as far as the core needs it: no cookies, no redirect that is followed. Whoever asks has made sure that a person
 * wanted it (APP-376).
 */
export interface Http {
  /** Nothing of the answer but its status; no credentials. */
  post(request: HttpPost): Promise<Outcome<{ readonly status: number }>>;
  ask(question: HttpQuestion): Promise<Outcome<HttpAnswer>>;
}

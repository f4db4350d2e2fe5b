import type { Outcome } from '../../shared/outcome';

/** One POST to a web server that is none of the user's own. */
export interface HttpPost {
  /** Only `https:`. */
  readonly url: string;
  readonly contentType: string;
  readonly body: string;
  readonly timeoutMs: number;
}

/**
 * The web, as far as the core needs it: no cookies, no credentials, no redirect that is followed, nothing of the answer
 * but its status. Whoever asks has made sure that a person wanted it (APP-376).
 */
export interface Http {
  post(request: HttpPost): Promise<Outcome<{ readonly status: number }>>;
}

import type { Protocol, ProtocolRequest, ProtocolResponse } from 'electron';
import type { Logger } from '../../sync/ports/logger';
import type { Answer } from '../content/answer';

/** Chromium's `net::ERR_FAILED`. */
const ERR_FAILED = -2;

/**
 * Answers every request of a scheme with a whole buffer. Not with `protocol.handle`: that hands bodies over as streams,
 * and now and then one of them never ends, which leaves a window without its script for ever (ADR 0035).
 */
export function answerScheme(
  protocol: Pick<Protocol, 'registerBufferProtocol'>,
  scheme: string,
  answer: (request: Pick<ProtocolRequest, 'url' | 'method'>) => Promise<Answer>,
  logger: Logger,
): void {
  protocol.registerBufferProtocol(scheme, (request, reply: (response: ProtocolResponse) => void) => {
    void answer(request).then(
      ({ status, headers, body }) =>
        reply({ statusCode: status, headers: { ...headers }, data: Buffer.from(body ?? '') }),
      () => {
        logger.warn('scheme.failed', { scheme });
        reply({ error: ERR_FAILED });
      },
    );
  });
}

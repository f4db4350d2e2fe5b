/** The Submitter port over SMTP (RFC 6409): one connection for one message, at most as many as are asked for. */
import { ok } from '../../../shared/outcome';
import type { SubmitLimits, Submitter, Traffic } from '../contract';
import { CANCELLED } from '../link/link-failures';
import type { Extensions } from './extensions';
import { type OpenOptions, openSession, type SmtpPorts } from './open-session';
import type { SmtpSession } from './session';
import type { SmtpAccountSettings } from './settings';
import { submit } from './submit';

/** Nothing is connected before the first call; `close` ends everything at once. */
export function createSmtpSubmitter(settings: SmtpAccountSettings, ports: SmtpPorts): Submitter {
  const closing = new AbortController();
  const open = new Set<SmtpSession>();
  let ended: Traffic = NO_TRAFFIC;
  let reported: Traffic = NO_TRAFFIC;
  let offered: Extensions | null = null;

  const start = async (options: Pick<OpenOptions, 'login'>, signal: AbortSignal) => {
    const onSession = (session: SmtpSession): void => void open.add(session);
    const opened = await openSession(settings, ports, { ...options, onSession }, signal);
    if (opened.ok) offered = opened.value.extensions;
    else forget();
    return opened;
  };
  /** Sessions that are over count no more, but what they moved does. */
  const forget = (): void => {
    for (const session of open) {
      if (!session.ended) continue;
      ended = sum(ended, session.traffic());
      open.delete(session);
    }
  };

  return {
    submit: async (submission, options, signal) => {
      const stop = AbortSignal.any([signal, closing.signal]);
      const opened = await start({ login: true }, stop);
      if (!opened.ok) return opened;
      const session = opened.value;
      const abort = (): void => session.end(CANCELLED);
      stop.addEventListener('abort', abort, { once: true });
      try {
        options.onStage('connected');
        return await submit(session, submission, options);
      } finally {
        stop.removeEventListener('abort', abort);
        session.quit();
        forget();
      }
    },
    limits: async (signal) => {
      if (offered) return ok(toLimits(offered));
      const opened = await start({ login: false }, AbortSignal.any([signal, closing.signal]));
      if (!opened.ok) return opened;
      opened.value.quit();
      forget();
      return ok(toLimits(opened.value.extensions));
    },
    takeTraffic: () => {
      forget();
      const total = [...open].reduce((all, session) => sum(all, session.traffic()), ended);
      const since = difference(total, reported);
      reported = total;
      return since;
    },
    close: async () => {
      closing.abort();
      for (const session of open) session.end(CANCELLED);
      forget();
    },
  };
}

const NO_TRAFFIC: Traffic = { bytesIn: 0, bytesOut: 0, roundTrips: 0 };

function sum(a: Traffic, b: Traffic): Traffic {
  return {
    bytesIn: a.bytesIn + b.bytesIn,
    bytesOut: a.bytesOut + b.bytesOut,
    roundTrips: a.roundTrips + b.roundTrips,
  };
}

function difference(a: Traffic, b: Traffic): Traffic {
  return {
    bytesIn: a.bytesIn - b.bytesIn,
    bytesOut: a.bytesOut - b.bytesOut,
    roundTrips: a.roundTrips - b.roundTrips,
  };
}

function toLimits({ maxBytes, utf8, dsn }: Extensions): SubmitLimits {
  return { maxBytes, utf8, dsn };
}

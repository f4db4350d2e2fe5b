import '../../src/renderer/transport/zod-without-eval';
import '../../src/renderer/styles/tokens.css';
import '../../src/renderer/styles/base.css';
import { startApp } from '../../src/renderer/start-app';
import { alwaysConnected } from '../../src/renderer/transport/connected-bridge';
import { Settings } from '../../src/shared/contract/settings';
import { createFakeBridge, SCENARIOS } from '../fakes/fake-bridge';

/** `?scenario=offline&theme=dark&density=compact&size=20000` */
const query = new URLSearchParams(location.search);

startApp(
  alwaysConnected(
    createFakeBridge({
      scenario: SCENARIOS.find((name) => name === query.get('scenario')) ?? 'normal',
      size: Number(query.get('size') ?? 20_000),
      now: () => Date.now(),
      later: (run, ms) => void setTimeout(run, ms),
      settings: Settings.parse(Object.fromEntries(query)),
    }),
  ),
);

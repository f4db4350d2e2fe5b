import './transport/zod-without-eval';
import './styles/tokens.css';
import './styles/base.css';
import { startApp } from './start-app';
import { openBridge } from './transport/open-bridge';

void openBridge().then(startApp);

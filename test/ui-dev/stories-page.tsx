import '../../src/renderer/styles/tokens.css';
import '../../src/renderer/styles/base.css';
import { StrictMode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { LiveRegions } from '../../src/renderer/ui/live-region';
import { STORIES } from './stories';
import styles from './stories.module.css';

/** `?theme=dark&density=compact&dir=rtl` */
const query = new URLSearchParams(location.search);
const page = document.documentElement;
page.dataset.theme = query.get('theme') ?? 'light';
page.dataset.density = query.get('density') ?? 'normal';
page.dir = query.get('dir') ?? 'ltr';

const root = document.getElementById('root');
if (!root) throw new Error('stories.html has no #root');
createRoot(root).render(
  <StrictMode>
    <I18nProvider locale={page.dir === 'rtl' ? 'ar' : 'en'}>
      <main className={styles.page}>
        {Object.entries(STORIES).map(([name, Story]) => (
          <section key={name} aria-label={name} className={styles.story}>
            <h2 className={styles.name}>{name}</h2>
            <div className={styles.states}>
              <Story />
            </div>
          </section>
        ))}
      </main>
      <LiveRegions />
    </I18nProvider>
  </StrictMode>,
);

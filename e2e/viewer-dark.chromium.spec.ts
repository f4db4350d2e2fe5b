import { expect, test } from '@playwright/test';
import { MAIL_LAYOUTS } from './support/mail-layouts';
import { type TextRun, textRuns } from './support/text-runs';
import { DARK, type OpenViewer, ViewerLab } from './support/viewer-lab';

// Recording a trace would read the frame's pictures through a connection its policy forbids.
test.use({ trace: 'off' });

/** WCAG 1.4.3; what is measured is rounded to whole bytes once more than what was computed. */
const READABLE = 4.49;

let lab: ViewerLab;
test.beforeAll(async () => {
  lab = await ViewerLab.start();
});
test.afterAll(() => lab.stop());

async function measured(
  viewer: OpenViewer,
  html: string,
  options: Parameters<OpenViewer['show']>[1] = {},
): Promise<{ rendering: string; runs: TextRun[] }> {
  const { rendering } = await viewer.show(html, options);
  return { rendering, runs: await viewer.frame.evaluate(textRuns) };
}

/** What can be read worse on paper than by day; paper has its own black and blue where the message says nothing. */
function worse(paper: readonly TextRun[], light: readonly TextRun[]): unknown[] {
  expect(paper.map(({ text }) => text)).toEqual(light.map(({ text }) => text));
  return paper.filter(({ ratio }, at) => (ratio ?? 21) < Math.min(READABLE, light[at]?.ratio ?? 21));
}

const poor = (runs: readonly TextRun[]) => runs.filter(({ ratio }) => ratio === null || ratio < READABLE);

test('thirty layouts on a dark surface: own dark colours are used, simple mail is recoloured, the rest stays on paper; all text can be read', async ({
  page,
}) => {
  const viewer = await lab.open(page);
  expect(MAIL_LAYOUTS.length).toBeGreaterThanOrEqual(30);
  for (const { name, html, dark } of MAIL_LAYOUTS) {
    const light = await measured(viewer, html);
    expect(light.runs.length, name).toBeGreaterThan(0);
    const shown = await measured(viewer, html, { theme: DARK });
    expect.soft(shown.rendering, name).toBe(dark);
    // Paper shows what the sender made, faint or not, as by day; whatever we touch can be read.
    if (dark === 'card') expect.soft(worse(shown.runs, light.runs), name).toEqual([]);
    else expect.soft(poor(shown.runs), name).toEqual([]);
    // The one key makes a dark message of any, and paper of any.
    const chosen = await measured(viewer, html, { theme: DARK, dark: 'recolour' });
    expect.soft(['recoloured', 'own-dark'], name).toContain(chosen.rendering);
    expect.soft(poor(chosen.runs), `${name}, by choice`).toEqual([]);
    const paper = await measured(viewer, html, { theme: DARK, dark: 'card' });
    expect(paper.rendering, name).toBe('card');
    expect.soft(worse(paper.runs, light.runs), name).toEqual([]);
  }
});

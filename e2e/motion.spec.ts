import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { composer } from './support/letter-desk';
import { grid, listHeading, openMessage, reader, row, toasts } from './support/screen';
import { startWithMail } from './support/start-with-mail';

/** More than may move at once (UI-083). */
const MANY = 1_010;

interface Movement {
  /** Class of what moves, and whether it is a picture of what has gone. */
  readonly what: string;
  readonly picture: boolean;
  readonly properties: readonly string[];
  /** Milliseconds; endless ones are Infinity. */
  readonly duration: number;
  readonly endless: boolean;
}
interface Watched {
  readonly movements: Movement[];
  readonly busy: string[];
}

/** Makes the window note every animation and transition that begins, and every sign of waiting that appears. */
async function watchMovements(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watched = { movements: [] as unknown[], busy: [] as string[] };
    Object.assign(window, { watched });
    const note = (element: Element, properties: readonly string[], duration: number, endless: boolean) =>
      watched.movements.push({
        what: element.getAttribute('class') ?? '',
        picture: element instanceof HTMLElement && element.inert,
        properties: [...new Set(properties)].sort(),
        duration,
        endless,
      });
    // What is short may be over before anybody hears of it: the style sheets say what it was.
    const rulesOf = (rules: CSSRuleList): CSSRule[] =>
      [...rules].flatMap((rule) =>
        'cssRules' in rule ? [rule, ...rulesOf(rule.cssRules as CSSRuleList)] : [rule],
      );
    const keyframes = () =>
      [...document.styleSheets]
        .flatMap((sheet) => rulesOf(sheet.cssRules))
        .filter((rule) => rule instanceof CSSKeyframesRule);
    const ms = (time: string) => Math.max(...time.split(',').map((each) => Number.parseFloat(each) * 1000));
    document.addEventListener(
      'transitionrun',
      ({ target, propertyName }) => {
        if (target instanceof Element)
          note(target, [propertyName], ms(getComputedStyle(target).transitionDuration), false);
      },
      true,
    );
    document.addEventListener(
      'animationstart',
      ({ target, animationName }) => {
        if (!(target instanceof Element)) return;
        const frames = keyframes()
          .filter(({ name }) => name === animationName)
          .flatMap((rule) => [...rule.cssRules]);
        const { animationDuration, animationIterationCount } = getComputedStyle(target);
        note(
          target,
          frames.flatMap((frame) => [...(frame as CSSKeyframeRule).style]),
          ms(animationDuration),
          animationIterationCount === 'infinite',
        );
      },
      true,
    );
    const { animate } = Element.prototype;
    Element.prototype.animate = function (frames, options) {
      const { duration, iterations } = options as KeyframeAnimationOptions;
      const properties = (frames as Keyframe[]).flatMap((frame) => Object.keys(frame));
      note(this, properties, Number(duration), iterations === Number.POSITIVE_INFINITY);
      return animate.call(this, frames, options);
    };
    const waits = '[role=progressbar], [class*=spin], [class*=busy]';
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        const candidates = [target, ...addedNodes].filter((node) => node instanceof Element);
        for (const element of candidates)
          for (const sign of [element, ...element.querySelectorAll(waits)])
            if (sign.matches(waits)) watched.busy.push(sign.outerHTML.slice(0, 200));
      }
    }).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['class'],
    });
  });
}

/** What was noted since the last time, when everything has come to rest. */
async function movements(page: Page): Promise<Watched> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    const finite = document
      .getAnimations()
      .filter(({ effect }) => effect?.getTiming().iterations !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(finite.map(({ finished }) => finished));
    const { watched } = window as unknown as { watched: { movements: Movement[]; busy: string[] } };
    return { movements: watched.movements.splice(0), busy: watched.busy.splice(0) };
  });
}

const durations = (seen: readonly Movement[]) => [...new Set(seen.map(({ duration }) => duration))];

test('UI-080 UI-081 UI-082 UI-083 only opacity and place move, for as long as the design says, never by keys in a list, never a thousand at once, and nothing that is done here makes one wait', async ({
  app,
  server,
  user,
  cable,
}) => {
  test.setTimeout(180_000);
  await startWithMail({ app, server, user }, 'Item', MANY);
  // From here on everything is done on this computer alone.
  cable.refuse(true);
  const { page } = app;
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(MANY));
  await expect(page.getByRole('banner').getByText('Offline')).toBeVisible({ timeout: 30_000 });
  await watchMovements(page);
  const closeDialog = async () => {
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  };
  const waited: string[] = [];
  const since = async () => {
    const seen = await movements(page);
    waited.push(...seen.busy, ...seen.movements.filter(({ endless }) => endless).map(({ what }) => what));
    for (const { properties, what } of seen.movements) {
      expect(properties.length, what).toBeGreaterThan(0);
      expect(['opacity', 'transform'], what).toEqual(expect.arrayContaining([...properties]));
    }
    return seen;
  };

  // By keys: at once, without a movement, with the list where it is to be.
  await row(page, 'Item 1,').focus();
  await since();
  const top = () =>
    page
      .locator('[role="row"]:focus')
      .evaluate((each) => each.closest('[class*="scroller"]')?.scrollTop ?? -1);
  for (const key of [
    ...Array<string>(12).fill('j'),
    'ArrowDown',
    'PageDown',
    'PageDown',
    'ArrowUp',
    'k',
    'End',
    'Home',
  ]) {
    await page.keyboard.press(key);
    const [landed, later] = await page.evaluate(async () => {
      const scroller = document.activeElement?.closest('[class*="scroller"]');
      for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
      const first = scroller?.scrollTop;
      for (let frame = 0; frame < 12; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
      return [first, scroller?.scrollTop];
    });
    expect(later, key).toBe(landed);
  }
  expect(await top()).toBe(0);
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+J');
  await page.keyboard.press('Escape');
  // Rows that are not here yet fade in; nothing of the rows themselves moves.
  const byKeys = (await since()).movements.filter(({ what }) => !/placeholder/.test(what));
  expect(byKeys).toEqual([]);

  // A row fades, its neighbours move up.
  await row(page, 'Item 2,').focus();
  await since();
  await page.keyboard.press('e');
  await expect(row(page, 'Item 2,')).toHaveCount(0);
  const leaving = await since();
  const pictures = leaving.movements.filter(({ picture }) => picture);
  expect(pictures.map(({ properties, duration }) => [properties, duration])).toEqual([[['opacity'], 120]]);
  const neighbours = leaving.movements.filter(({ what, picture }) => /_row_/.test(what) && !picture);
  expect(neighbours.length).toBeGreaterThan(5);
  expect(neighbours.length).toBeLessThan(100);
  for (const { properties, duration } of neighbours)
    expect([properties, duration]).toEqual([['transform'], 120]);
  // Nothing of what has gone stays behind.
  await expect(grid(page).locator('[inert]')).toHaveCount(0);

  // Panes and popovers, dialogs.
  const opens = async (
    open: () => Promise<unknown>,
    close: () => Promise<unknown>,
    wanted: readonly number[],
  ) => {
    await row(page, 'Item 3,').focus();
    await movements(page);
    await open();
    // It begins with one of the next frames.
    const seen: Movement[] = [];
    await expect
      .poll(async () => {
        seen.push(...(await since()).movements);
        return durations(seen);
      })
      .toEqual(wanted);
    await close();
    await since();
  };
  const menu = () => page.getByRole('menu');
  const closeMenu = async () => {
    await page.keyboard.press('Escape');
    await expect(menu()).toHaveCount(0);
  };
  await page.mouse.move(900, 500);
  const openEverything = async (popover: number, dialog: number) => {
    await opens(
      async () => {
        await page.getByRole('button', { name: 'View' }).focus();
        await page.keyboard.press('Enter');
        await expect(menu()).toBeVisible();
      },
      closeMenu,
      [popover],
    );
    await opens(
      async () => {
        await page
          .getByRole('banner')
          .getByRole('button', { name: /Offline/ })
          .focus();
        await page.keyboard.press('Enter');
        await expect(page.getByRole('dialog', { name: 'Sync activity' })).toBeVisible();
      },
      closeDialog,
      [popover],
    );
    for (const [keys, name] of [
      ['Control+,', 'Settings'],
      ['Control+K', 'Command palette'],
      ['?', 'Keyboard shortcuts'],
    ] as const)
      await opens(
        async () => {
          await page.keyboard.press(keys);
          await expect(page.getByRole('dialog', { name })).toBeVisible();
        },
        closeDialog,
        [dialog],
      );
    await opens(async () => {
      await page.keyboard.press('c');
      await expect(composer(page)).toBeVisible();
    }, async () => {
      await composer(page).getByRole('button', { name: 'Delete draft' }).click();
      await expect(composer(page).getByRole('button', { name: 'Delete draft' })).toHaveCount(0);
    }, [popover]);
  };
  await openEverything(160, 180);

  // What else is done here: no sign of waiting.
  await row(page, 'Item 3,').focus();
  await page.keyboard.press('s');
  await expect(row(page, 'Item 3,')).toHaveAccessibleName(/starred/);
  await page.keyboard.press('Shift+U');
  await expect(row(page, 'Item 3,')).toHaveAccessibleName(/unread/);
  await page.keyboard.press('#');
  await expect(row(page, 'Item 3,')).toHaveCount(0);
  await page.keyboard.press('z');
  await expect(row(page, 'Item 3,')).toBeVisible();
  await openMessage(page, 'Item 3');
  await expect(reader(page).getByText('This is the text of Item 3').first()).toBeVisible();
  await since();
  expect(waited).toEqual([]);

  // Less motion: nothing changes its place, and what fades does so in 80 ms.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await since();
  await openEverything(80, 80);
  await row(page, 'Item 4,').focus();
  await since();
  await page.keyboard.press('e');
  await expect(row(page, 'Item 4,')).toHaveCount(0);
  await expect(toasts(page).getByText('1 archived').last()).toBeVisible();
  const calm = await since();
  expect(calm.movements.length).toBeGreaterThan(0);
  for (const { properties, duration, what } of calm.movements) {
    expect(properties, what).toEqual(['opacity']);
    expect(duration, what).toBeLessThanOrEqual(80);
  }
  await page.emulateMedia({ reducedMotion: null });

  // A thousand go at once: nothing of the list moves.
  await row(page, 'Item 5,').focus();
  await page.keyboard.press('Control+A');
  await page.getByRole('button', { name: /^Select all/ }).click();
  await since();
  await page.keyboard.press('e');
  await expect(grid(page).getByRole('row')).toHaveCount(0);
  const all = await since();
  expect(all.movements.filter(({ what, picture }) => picture || /_row_/.test(what))).toEqual([]);
  expect(all.movements.length).toBeLessThan(100);
  await expect(listHeading(page)).toHaveText('Inbox');
});

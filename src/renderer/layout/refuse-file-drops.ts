/**
 * A file that is dropped beside a place that takes files must not take the window's place (APP-366): the browser would
 * open it as a page. Places that do take files have handled the drop before it gets here.
 */
export function refuseFileDrops(target: EventTarget): void {
  for (const kind of ['dragover', 'drop']) {
    target.addEventListener(kind, (event) => {
      if (event.defaultPrevented || !(event instanceof DragEvent)) return;
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'none';
    });
  }
}

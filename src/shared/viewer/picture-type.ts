/** Types an `<img>` draws; SVG in an `<img>` runs no script and loads nothing. */
export const PICTURE_TYPE = /^image\/(png|jpe?g|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon|svg\+xml)$/i;

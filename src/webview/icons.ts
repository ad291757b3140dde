/** Outlines on a 16 by 16 grid, drawn with the colour of the text. */
const outlines = {
  gate: 'M2.5 14V7.5a5.5 5.5 0 0 1 11 0V14M1.5 14h13M6 14V8.2a2 2 0 0 1 4 0V14',
  check: 'M3 8.5 6.5 12 13 4.5',
  cross: 'M4 4l8 8M12 4l-8 8',
  blocked: 'M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5ZM3.6 3.6l8.8 8.8',
  question:
    'M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5ZM6.1 6.2a1.95 1.95 0 1 1 2.7 1.8c-.5.25-.8.6-.8 1.15M8 11.3v.2',
  pending: 'M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5ZM8 4.5V8l2.3 1.6',
  running: 'M8 1.75a6.25 6.25 0 0 1 6.25 6.25',
  aborted: 'M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5ZM5 8h6',
  shield: 'M8 1.8 13 3.6v3.9c0 3.1-2.1 5.5-5 6.7-2.9-1.2-5-3.6-5-6.7V3.6Z',
  shieldCheck: 'M8 1.8 13 3.6v3.9c0 3.1-2.1 5.5-5 6.7-2.9-1.2-5-3.6-5-6.7V3.6ZM5.7 7.8l1.7 1.7 3-3.3',
  warning: 'M8 2.2 14.5 13.5h-13ZM8 6.3v3.4M8 11.6v.2',
  error: 'M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5ZM8 4.6v4.2M8 11v.2',
  info: 'M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5ZM8 7.4v4M8 4.9v.2',
  folder: 'M1.75 12.75v-9.5h4.4l1.5 1.75h6.6v7.75Z',
  send: 'M2.2 13.6 14 8 2.2 2.4 4.2 8ZM4.2 8H9',
  stop: 'M4 4h8v8H4Z',
  down: 'M8 2.5v10.5M3.8 9 8 13.2 12.2 9',
  copy: 'M5.5 5.5h8v8h-8ZM10.5 5.5v-3h-8v8h3',
  model: 'M8 2v3M8 11v3M2 8h3M11 8h3M5.2 5.2h5.6v5.6H5.2Z',
  tasks: 'M2 4l1.2 1.2L5.2 3M2 10.5l1.2 1.2 2-2.2M7.5 4.3H14M7.5 10.8H14',
  circle: 'M8 3.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Z',
  active: 'M8 3.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM8 6.6a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8Z',
} as const;

export type IconName = keyof typeof outlines;

const namespace = 'http://www.w3.org/2000/svg';

/** An icon that adds nothing for a screen reader: the text beside it says the same. */
export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('focusable', 'false');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', outlines[name]);
  svg.append(path);
  return svg;
}

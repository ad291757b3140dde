/**
 * A duration for a card: tenths of a second under ten seconds, whole seconds under a minute, then minutes and seconds.
 * @param ms milliseconds
 * @param locale a language tag; undefined for the page's default
 */
export function formatDuration(ms: number, locale?: string): string {
  const seconds = ms / 1000;
  if (ms < 1000) return unit(Math.round(ms), 'millisecond', 0, locale);
  if (seconds < 9.95) return unit(seconds, 'second', 1, locale);
  const whole = Math.round(seconds);
  if (whole < 60) return unit(whole, 'second', 0, locale);
  return `${unit(Math.floor(whole / 60), 'minute', 0, locale)} ${unit(whole % 60, 'second', 0, locale)}`;
}

function unit(value: number, name: string, digits: number, locale: string | undefined): string {
  const style = { style: 'unit', unit: name, unitDisplay: 'narrow', maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(locale, style).format(value);
}
